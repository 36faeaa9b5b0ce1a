using Microsoft.AspNetCore.Builder;
using Recommendation.AdminApi;

namespace Recommendation.Clients.Tests;

/// <summary>The real API on a free port, and the description that it gives of itself.</summary>
public sealed class Server : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recommendation-clients-");
    private WebApplication? _app;

    internal HttpClient Client { get; private set; } = new();

    internal string Description { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _app = AdminApiHost.Build(
            new AdminApiOptions
            {
                Folder = _folder.FullName,
                Urls = ["http://127.0.0.1:0"],
                NightlyRun = false,
            }
        );
        await _app.StartAsync();
        Client.BaseAddress = new Uri(_app.Urls.Single());
        Description = await Client.GetStringAsync("/openapi/v1.json");
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
