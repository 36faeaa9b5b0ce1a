using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Recommendation.Dashboard.Tests.Pages;

[Collection(nameof(Site))]
public sealed class QuarantinePageTests(Site site)
{
    [Fact]
    public async Task The_reasons_are_counted_and_the_records_shown_as_they_came() =>
        await site.VisitAsync(
            "quarantine",
            async page =>
            {
                await Expect(page.Card("Reasons").Locator("dt")).Not.ToHaveCountAsync(0);
                var record = page.Card("Records").Locator("tbody tr").First;
                await record.Locator("summary").ClickAsync();
                await Expect(record.Locator("pre")).ToContainTextAsync("{");
            }
        );

    [Fact]
    public async Task The_records_are_filtered_by_their_reason() => await site.VisitAsync("quarantine", async page =>
    {
        await page.GetByLabel("Reason", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync("invalid-time");
        await Expect(page.Card("Records").Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Card("Records").Locator("tbody tr code").First).ToHaveTextAsync("invalid-time");
        await page.GetByLabel("Reason", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync("");
        await Expect(page.Card("Records").Locator("tbody tr")).ToHaveCountAsync(3);
    });

    [Fact]
    public async Task A_record_is_sent_again_and_what_is_still_wrong_stays() =>
        await site.VisitAsync(
            "quarantine",
            async page =>
            {
                var records = page.Card("Records").Locator("tbody tr");
                await Expect(records).Not.ToHaveCountAsync(0);
                var before = await records.CountAsync();
                await records.First.GetByRole(AriaRole.Checkbox).CheckAsync();
                await page.Button("Send 1 record again").ClickAsync();
                await Expect(
                        page.GetByRole(AriaRole.Status)
                            .Filter(
                                new LocatorFilterOptions { HasText = "0 events sent again, 1 record still rejected." }
                            )
                    )
                    .ToBeVisibleAsync();
                await Expect(records).ToHaveCountAsync(before);
            }
        );

    [Fact]
    public async Task Records_are_dismissed_after_asking() =>
        await site.VisitAsync(
            "quarantine",
            async page =>
            {
                var asked = new List<string?>();
                // The records stay for the other tests: what the route does is tested with the API.
                await page.RouteAsync(
                    "**/v1/quarantine/dismiss",
                    route =>
                    {
                        asked.Add(route.Request.PostData);
                        return route.FulfillAsync(
                            new RouteFulfillOptions { ContentType = "application/json", Body = """{"records":1}""" }
                        );
                    }
                );
                var first = page.Card("Records").Locator("tbody tr").First.GetByRole(AriaRole.Checkbox);
                await first.CheckAsync();
                await page.Button("Dismiss 1 record").ClickAsync();
                var dialog = page.GetByRole(AriaRole.Dialog);
                await Expect(dialog).ToContainTextAsync("can't be sent again");
                Assert.Empty(asked);
                await dialog.GetByRole(AriaRole.Button, new() { Name = "Dismiss", Exact = true }).ClickAsync();
                await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "1 record dismissed." }))
                    .ToBeVisibleAsync();
                Assert.Contains("positions", Assert.Single(asked), StringComparison.Ordinal);
                await Expect(first).Not.ToBeCheckedAsync();
            }
        );
}
