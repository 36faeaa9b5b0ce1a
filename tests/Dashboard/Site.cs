using Microsoft.Playwright;
using Recommendation.Dashboard.Tests.Browsers;
using Recommendation.Dashboard.Tests.Server;

namespace Recommendation.Dashboard.Tests;

/// <summary>The server with the sample's data and the browser, once for all tests; they take turns.</summary>
public sealed class Site : IAsyncLifetime
{
    private Chromium? _chromium;
    private DashboardServer? _server;

    internal DashboardServer Server => _server!;

    public async Task InitializeAsync() =>
        (_chromium, _server) = (await Chromium.StartAsync(), await DashboardServer.StartAsync());

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    /// <summary>Opens a page as a new visitor would, and leaves it only if it was clean all the time.</summary>
    /// <param name="place">The page, such as <c>runs</c>.</param>
    /// <param name="visit">What the visitor does.</param>
    /// <param name="options">The visitor's screen and preferences; a desktop's, light, by default.</param>
    /// <param name="expected">Statuses of 400 and above that the visit provokes.</param>
    /// <param name="server">Another server than the sample's.</param>
    internal async Task VisitAsync(
        string place,
        Func<IPage, Task> visit,
        BrowserNewContextOptions? options = null,
        int[]? expected = null,
        Uri? server = null
    )
    {
        var address = server ?? Server.Address;
        await using var context = await _chromium!.Browser.NewContextAsync(options ?? Visitor.Desktop());
        var page = await context.NewPageAsync();
        var watch = new PageWatch(page, address);
        await page.GotoAsync($"{address}#/{place}");
        await visit(page);
        watch.AssertClean(expected ?? []);
    }
}

[CollectionDefinition(nameof(Site))]
public sealed class SiteCollection : ICollectionFixture<Site>;
