using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.AdminApi;
using Recommendation.Application;
using Recommendation.Application.Ports;

namespace Recommendation.Dashboard.Tests.Server;

/// <summary>The real API on a free port of this machine, with a data folder of its own.</summary>
internal sealed class DashboardServer : IAsyncDisposable
{
    // 860 users make a run of several segments then, as more users would with segments of the usual size.
    private const int SegmentSize = 60;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recommendation-dashboard-");
    private readonly WebApplication _app;

    private DashboardServer(string? settings)
    {
        if (settings is not null)
            File.WriteAllText(Path.Combine(_folder.FullName, "recommendation.json"), settings);
        var options = new AdminApiOptions
        {
            Folder = _folder.FullName,
            Urls = ["http://127.0.0.1:0"],
            Time = Time,
            NightlyRun = false,
        };
        _app = AdminApiHost.Build(options, services =>
        {
            services.Configure<RecommendationOptions>(settings => settings.SegmentSize = SegmentSize);
            Hold(services);
        });
    }

    internal SampleTime Time { get; } = new();

    internal IServiceProvider Services => _app.Services;

    internal Uri Address => new(_app.Urls.Single());

    internal string Folder => _folder.FullName;

    internal HeldRanker Ranker => (HeldRanker)_app.Services.GetRequiredService<IRanker>();

    /// <summary>With the sample's data.</summary>
    internal static async Task<DashboardServer> StartAsync()
    {
        var server = await StartEmptyAsync();
        await Sample.FillAsync(server._app.Services);
        return server;
    }

    /// <param name="settings">The settings file's content; null for none.</param>
    internal static async Task<DashboardServer> StartEmptyAsync(string? settings = null)
    {
        var server = new DashboardServer(settings);
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static void Hold(IServiceCollection services)
    {
        var real = services.Last(service => service.ServiceType == typeof(IRanker));
        services.AddSingleton<IRanker>(provider => new HeldRanker((IRanker)(real.ImplementationFactory?.Invoke(provider)
            ?? real.ImplementationInstance ?? ActivatorUtilities.CreateInstance(provider, real.ImplementationType!))));
    }
}
