using Recommendation.AdminApi;
using Recommendation.AdminApi.Security;

namespace Shop.Engines;

/// <summary>How the shop reaches the engine.</summary>
/// <param name="Address">The address of the API.</param>
/// <param name="ShopKey">Sends events and reads lists.</param>
/// <param name="OperatorKey">Sets up scenarios and experiments.</param>
/// <param name="BrowserKey">Is written into pages.</param>
internal sealed record EngineAccess(Uri Address, string ShopKey, string OperatorKey, string BrowserKey);

/// <summary>
/// The recommendation engine, in this process so that one command starts the whole. A real shop runs
/// <c>recommend serve</c> beside it, and makes the keys with <c>recommend keys create</c>.
/// </summary>
internal sealed class Engine : IAsyncDisposable
{
    private const string KeyName = "shop sample";

    /// <summary>The value of a purchase is an amount of money.</summary>
    private const string Settings = """{"events":{"types":{"purchase":{"revenue":true}}}}""";

    private readonly WebApplication _api;

    private Engine(WebApplication api, EngineAccess access) => (_api, Access) = (api, access);

    internal EngineAccess Access { get; }

    internal static async Task<Engine> StartAsync(ShopSettings settings)
    {
        Directory.CreateDirectory(settings.Data);
        var file = Path.Combine(settings.Data, "recommendation.json");
        if (!File.Exists(file))
            await File.WriteAllTextAsync(file, Settings);
        var access = CreateKeys(settings);
        var api = AdminApiHost.Build(new AdminApiOptions { Folder = settings.Data, Urls = [settings.Api] }, services =>
            services.Configure<LoggerFilterOptions>(logs => logs.MinLevel = LogLevel.Warning));
        await api.StartAsync();
        return new Engine(api, access);
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    internal Task StopAsync() => _api.StopAsync();

    /// <summary>Keys of this start. Nobody knows those of the one before, which end with it.</summary>
    private static EngineAccess CreateKeys(ShopSettings settings)
    {
        var keys = new ApiKeys(settings.Data, TimeProvider.System);
        var (shop, _) = keys.Create(Role.Writer, KeyName);
        var (admin, current) = keys.Create(Role.Operator, KeyName);
        var (browser, page) = keys.Create(Role.Browser, KeyName, [settings.Url.TrimEnd('/')]);
        var made = new[] { current.Id, page.Id, shop.Split('_')[1] };
        foreach (var old in keys.Read().Where(key => key is { Name: KeyName, RevokedAt: null }))
        {
            if (!made.Contains(old.Id, StringComparer.Ordinal))
                keys.Revoke(old.Id);
        }
        return new EngineAccess(new Uri(settings.Api), shop, admin, browser);
    }
}
