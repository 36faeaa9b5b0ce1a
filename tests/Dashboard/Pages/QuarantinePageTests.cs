using static Microsoft.Playwright.Assertions;

namespace Recommendation.Dashboard.Tests.Pages;

[Collection(nameof(Site))]
public sealed class QuarantinePageTests(Site site)
{
    [Fact]
    public async Task The_reasons_are_counted_and_the_records_shown_as_they_came() => await site.VisitAsync("quarantine", async page =>
    {
        await Expect(page.Card("Reasons").Locator("dt")).Not.ToHaveCountAsync(0);
        var record = page.Card("Records").Locator("tbody tr").First;
        await record.Locator("summary").ClickAsync();
        await Expect(record.Locator("pre")).ToContainTextAsync("{");
    });
}
