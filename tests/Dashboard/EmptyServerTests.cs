using Recommendation.Dashboard.Tests.Server;
using static Microsoft.Playwright.Assertions;

namespace Recommendation.Dashboard.Tests;

/// <summary>What a page says where there is nothing yet: what to do.</summary>
[Collection(nameof(Site))]
public sealed class EmptyServerTests(Site site)
{
    [Theory]
    [InlineData("", "POST /v1/impressions")]
    [InlineData("overview", "recommend ingest FILE")]
    [InlineData("runs", "start one now")]
    [InlineData("models", "train one here")]
    [InlineData("items", "recommend items import FILE")]
    [InlineData("scenarios", "Every list is made by the model alone")]
    [InlineData("quarantine", "Every record that came in was valid")]
    [InlineData("no/such/page", "Go to the overview")]
    public async Task A_page_without_data_says_what_to_do(string place, string advice)
    {
        await using var server = await DashboardServer.StartEmptyAsync();
        await site.VisitAsync(
            place,
            async page => await Expect(page.GetByText(advice).First).ToBeVisibleAsync(),
            server: server.Address
        );
    }
}
