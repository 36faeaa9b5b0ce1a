using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Recommendation.Dashboard.Tests.Browsers;
using Recommendation.Dashboard.Tests.Server;
using static Microsoft.Playwright.Assertions;

namespace Recommendation.Dashboard.Tests.Pages;

/// <summary>The first page: what lists led to, as the API counts it.</summary>
[Collection(nameof(Site))]
public sealed class ResultsPageTests(Site site, FeedbackShop shop) : IClassFixture<FeedbackShop>
{
    [Fact]
    public async Task Revenue_conversions_and_rates_are_those_of_the_API() => await VisitAsync(async page =>
    {
        var rows = (await shop.GetAsync("v1/metrics?by=scenario"))["rows"]!.AsArray()
            .Where(row => row!["scenario"] is not null).ToList();
        var (clicks, impressions) = (Sum(rows, "clicks"), Sum(rows, "impressions"));
        var euros = rows.SelectMany(row => row!["revenue"]!.AsArray())
            .Where(one => one!["currency"]!.GetValue<string>() == "EUR")
            .Sum(one => one!["amount"]!.GetValue<decimal>());
        Assert.True(euros > 800 && clicks > 100);
        await Expect(page.Tile("Revenue")).ToContainTextAsync(
            Math.Round(euros).ToString("n0", CultureInfo.InvariantCulture));
        await Expect(page.Tile("Revenue")).ToContainTextAsync("EUR");
        await Expect(page.Tile("Conversions")).ToContainTextAsync(
            Sum(rows, "conversions").ToString("n0", CultureInfo.InvariantCulture));
        await Expect(page.Tile("Click-through rate")).ToContainTextAsync(
            (100d * clicks / impressions).ToString("0.0", CultureInfo.InvariantCulture) + " %");
        await Expect(page.Card("From the list to the purchase")).ToContainTextAsync(
            impressions.ToString("n0", CultureInfo.InvariantCulture));
        await Expect(page.Card("From the list to the purchase").Locator("tbody th")).ToHaveTextAsync(
            ["basket", "default"]);
    });

    [Fact]
    public async Task A_chart_is_read_by_keyboard_as_a_table_and_as_CSV() => await VisitAsync(async page =>
    {
        var card = page.Card("Revenue from lists");
        await card.Locator(".chart-plot").FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(card.Locator(".readout")).ToContainTextAsync("22 Dec: default");
        await card.GetByText("Show as table").ClickAsync();
        await Expect(card.Locator("tbody tr")).ToHaveCountAsync(28);
        await card.GetByLabel("Currency").SelectOptionAsync("USD");
        await Expect(card.Locator("tbody tr").Last).ToContainTextAsync("5.00 USD");

        var lines = await SaveAsync(page, "Conversions from lists", "conversions.csv");
        Assert.Equal(29, lines.Length);
        Assert.Equal("Day,default,basket", lines[0]);
        Assert.Matches("^22 Dec,[0-9]+,[0-9]+$", lines[^1]);
    });

    [Fact]
    public async Task The_days_are_chosen_and_the_figures_compared_with_those_before() => await VisitAsync(async page =>
    {
        await Expect(page.Tile("Conversions")).ToContainTextAsync("Nothing before to compare with");
        await page.GetByLabel("Days").SelectOptionAsync("7");
        await page.Card("Conversions from lists").GetByText("Show as table").ClickAsync();
        await Expect(page.Card("Conversions from lists").Locator("tbody tr")).ToHaveCountAsync(7);
    });

    [Fact]
    public async Task An_experiment_shows_its_verdict_and_its_intervals_day_by_day() => await VisitAsync(async page =>
    {
        var card = page.Card("Experiment older-model");
        var verdict = (await shop.GetAsync("v1/experiments/older-model"))["verdict"]!.GetValue<string>();
        await Expect(card).ToContainTextAsync(verdict);
        await Expect(card).ToContainTextAsync("a try");
        await Expect(card.Locator("path.area")).ToHaveCountAsync(1);
        await card.Locator(".chart-plot").FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(card.Locator(".readout")).ToContainTextAsync(" to ");
        var days = (await shop.GetAsync("v1/experiments/older-model/history"))["days"]!.AsArray();
        await card.GetByText("Show as table").ClickAsync();
        await Expect(card.Locator(".table-scroll tbody tr")).ToHaveCountAsync(days.Count);
        var lines = await SaveAsync(page, "Lift in click-through rate", "experiment-older-model.csv");
        Assert.Equal("Day,b,\"b, from\",\"b, to\"", lines[0]);
        var last = lines[^1].Split(',').Skip(1)
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToList();
        Assert.True(last[1] < last[0] && last[0] < last[2]);
    });

    [Fact]
    public async Task Items_that_sell_and_items_that_nobody_sees_are_named() => await VisitAsync(async page =>
    {
        var best = (await shop.GetAsync("v1/metrics/items?n=1"))["items"]![0]!["title"]!.GetValue<string>();
        await Expect(page.Card("Top items").Locator("tbody tr").First).ToContainTextAsync(best);
        // A title is text, whatever it holds.
        await Expect(page.Card("Never shown")).ToContainTextAsync("=Never <b>shown</b>");
        var lines = await SaveAsync(page, "Never shown", "unseen-items.csv");
        Assert.Contains(lines, line => line.StartsWith("'=new,'=Never <b>shown</b>,", StringComparison.Ordinal));
        await page.Card("Top items").Locator("tbody a").First.ClickAsync();
        await Expect(page.Heading(best)).ToBeVisibleAsync();
    });

    [Fact]
    public async Task The_page_is_accessible_in_light_in_dark_and_on_a_phone()
    {
        foreach (var options in new[] { Visitor.Desktop(), Visitor.Desktop(ColorScheme.Dark), Visitor.Phone() })
        {
            await VisitAsync(async page =>
            {
                await Expect(page.Locator("path.area")).ToBeVisibleAsync();
                await Expect(page.Card("Never shown").Locator("tbody tr")).Not.ToHaveCountAsync(0);
                foreach (var summary in await page.Locator("summary").AllAsync())
                    await summary.ClickAsync();
                await AccessibilityTests.AssertFitsAndIsAccessibleAsync(page);
            }, options);
        }
    }

    private Task VisitAsync(Func<IPage, Task> visit, BrowserNewContextOptions? options = null) =>
        site.VisitAsync("", visit, options, server: shop.Address);

    private static long Sum(IEnumerable<JsonNode?> rows, string name) => rows.Sum(row => row![name]!.GetValue<long>());

    private static async Task<string[]> SaveAsync(IPage page, string of, string name)
    {
        var button = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Save as CSV: {of}" });
        var download = await page.RunAndWaitForDownloadAsync(() => button.ClickAsync());
        Assert.Equal(name, download.SuggestedFilename);
        return (await File.ReadAllTextAsync(await download.PathAsync())).TrimEnd().Split("\r\n");
    }
}
