using Microsoft.Playwright;
using Recommendation.AdminApi.Security;
using Recommendation.Dashboard.Tests.Browsers;
using Recommendation.Dashboard.Tests.Server;

namespace Recommendation.Dashboard.Tests.Script;

/// <summary>A server with the sample's data and keys, a shop on another origin, and a browser.</summary>
public sealed class ShopSite : IAsyncLifetime
{
    private Chromium? _chromium;
    private DashboardServer? _server;
    private ShopPage? _shop;

    internal IBrowser Browser => _chromium!.Browser;

    internal string Api => _server!.Address.GetLeftPart(UriPartial.Authority);

    internal string Origin => _shop!.Origin;

    /// <summary>The key that is in the page.</summary>
    internal string Key { get; private set; } = "";

    internal string OperatorKey { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _chromium = await Chromium.StartAsync();
        _server = await DashboardServer.StartAsync();
        _shop = await ShopPage.StartAsync(
            () => $"<script src='{Api}/recommendation.js' data-key='{Key}' data-consent='true'></script>");
        var keys = new ApiKeys(_server.Folder, TimeProvider.System);
        (OperatorKey, _) = keys.Create(Role.Operator, null);
        (Key, _) = keys.Create(Role.Browser, null, [Origin]);
        // A server that runs looks at its keys once a second.
        using var client = new HttpClient();
        for (var i = 0; i < 100 && !await IsKnownAsync(client); i++)
            await Task.Delay(50);
    }

    public async Task DisposeAsync()
    {
        await _shop!.DisposeAsync();
        await _server!.DisposeAsync();
        await _chromium!.DisposeAsync();
    }

    private async Task<bool> IsKnownAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, $"{Api}/v1/browser/events");
        request.Headers.Add("Origin", Origin);
        using var answer = await client.SendAsync(request);
        return answer.IsSuccessStatusCode;
    }
}
