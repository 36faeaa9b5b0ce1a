using Microsoft.Playwright;

namespace Recommendation.Dashboard.Tests.Browsers;

/// <summary>One headless Chromium for all tests; each page gets a profile of its own.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    // Without the latter ones Chromium looks for its maker's servers at every start.
    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, Browser) = (playwright, browser);

    internal IBrowser Browser { get; }

    internal static async Task<Chromium> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var program = await ChromiumProgram.FindOrInstallAsync(playwright);
        return new Chromium(playwright, await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = program, Args = s_arguments, Headless = true }));
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
