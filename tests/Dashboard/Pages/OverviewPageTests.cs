using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace Recommendation.Dashboard.Tests.Pages;

[Collection(nameof(Site))]
public sealed class OverviewPageTests(Site site)
{
    [Fact]
    public async Task The_tiles_say_what_the_server_says() =>
        await site.VisitAsync(
            "overview",
            async page =>
            {
                using var http = new HttpClient { BaseAddress = site.Server.Address };
                var overview = await http.GetFromJsonAsync<JsonElement>("v1/overview");
                Assert.InRange(overview.GetProperty("stored").GetProperty("profiles").GetInt64(), 850, 870);
                await Expect(page.Tile("Profiles").Locator(".value"))
                    .ToHaveTextAsync(overview.GetProperty("stored").GetProperty("profiles").ToString());
                await Expect(page.Tile("Fallback share").Locator(".value"))
                    .ToHaveTextAsync(PerCent(overview.GetProperty("fallbackShare").GetDouble()));
                await Expect(page.Card("Current model"))
                    .ToContainTextAsync(overview.GetProperty("model").GetProperty("version").GetString()!);
                await Expect(page.Card("Events by the minute").Locator("rect.fill-1")).Not.ToHaveCountAsync(0);
            }
        );

    [Fact]
    public async Task Looking_at_a_user_counts_as_no_list_shown() => await site.VisitAsync(Place.User, async page =>
    {
        await Expect(page.Card("Recommendations").Locator(".item")).ToHaveCountAsync(10);
        var before = await ShownAsync();
        await page.GetByLabel("Show").SelectOptionAsync("20");
        await Expect(page.Card("Recommendations").Locator(".item")).ToHaveCountAsync(20);
        Assert.Equal(before, await ShownAsync());
        using var http = new HttpClient { BaseAddress = site.Server.Address };
        await http.GetStringAsync("v1/users/12748/recommendations");
        Assert.Equal(before + 1, await ShownAsync());
    });

    [Fact]
    public async Task A_tile_leads_to_what_it_counts() =>
        await site.VisitAsync(
            "overview",
            async page =>
            {
                foreach (
                    var (tile, heading) in ((string, string)[])
                        [
                            ("Rejected", "Quarantine"),
                            ("Profiles", "Users"),
                            ("List age", "Runs"),
                            ("Fallback share", "Runs"),
                        ]
                )
                {
                    await page.Tile(tile).GetByRole(Microsoft.Playwright.AriaRole.Link).ClickAsync();
                    await Expect(
                            page.GetByRole(
                                Microsoft.Playwright.AriaRole.Heading,
                                new()
                                {
                                    Name = heading,
                                    Exact = true,
                                    Level = 1,
                                }
                            )
                        )
                        .ToBeVisibleAsync();
                    await page.GoBackAsync();
                }
            }
        );

    [Fact]
    public async Task An_event_that_comes_in_is_seen_without_reloading() =>
        await site.VisitAsync(
            "overview",
            async page =>
            {
                var tile = page.Tile("Events a minute").Locator(".note");
                var before = Number((await tile.TextContentAsync())!);
                using var http = new HttpClient { BaseAddress = site.Server.Address };
                using var answer = await http.PostAsJsonAsync(
                    "v1/interactions",
                    new
                    {
                        userId = "visitor-1",
                        itemId = "22470",
                        eventId = Guid.NewGuid(),
                    }
                );
                Assert.True(answer.IsSuccessStatusCode);
                await Expect(tile).ToHaveTextAsync($"{before + 1:N0} in the last hour", new() { Timeout = 15_000 });
            }
        );

    [Fact]
    public async Task A_server_that_does_not_answer_is_told_apart_and_asked_again() =>
        await site.VisitAsync(
            "overview",
            async page =>
            {
                await Expect(page.Heading("Last run")).ToBeVisibleAsync();
                await page.RouteAsync("**/v1/**", route => route.AbortAsync());
                await Expect(page.GetByRole(Microsoft.Playwright.AriaRole.Alert))
                    .ToContainTextAsync("The server does not answer", new() { Timeout = 15_000 });
                await Expect(page.Heading("Last run")).ToBeVisibleAsync();
                await page.UnrouteAsync("**/v1/**");
                await page.Button("Try again").ClickAsync();
                await Expect(page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToBeHiddenAsync();
            }
        );

    private async Task<long> ShownAsync()
    {
        using var http = new HttpClient { BaseAddress = site.Server.Address };
        var shown = (await http.GetFromJsonAsync<JsonElement>("v1/overview")).GetProperty("shown");
        return shown.EnumerateObject().Sum(source => source.Value.GetInt64());
    }

    private static int Number(string text) =>
        int.Parse(text.Where(char.IsAsciiDigit).ToArray(), CultureInfo.InvariantCulture);

    private static string PerCent(double share) =>
        share is > 0 and < 0.001 ? "< 0.1 %"
        : share == 0 ? "0 %"
        : $"{100 * share:0.0} %";
}
