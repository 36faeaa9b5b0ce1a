using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Recommendation.Dashboard.Tests.Browsers;

namespace Recommendation.Dashboard.Tests.Script;

/// <summary>
/// A shop's page with recommendation.js, in a real browser against a real server: what the metrics say is what the page
/// did. RECOMMENDATION_PAGE_VIEWS replays more of them.
/// </summary>
public sealed class ScriptTests(ShopSite site) : IClassFixture<ShopSite>
{
    private const string Timers =
        "{const real=setTimeout; globalThis.setTimeout=(f,ms)=>real(f,(ms||0)/20);}";

    private static readonly int s_views = int.Parse(
        Environment.GetEnvironmentVariable("RECOMMENDATION_PAGE_VIEWS") ?? "24", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Impressions_and_clicks_in_the_metrics_are_what_the_page_did()
    {
        var page = await OpenAsync(Timers);
        page.SetDefaultTimeout(0);
        var before = await MetricsAsync();
        var done = JsonNode.Parse(await page.EvaluateAsync<string>(
            $"async () => JSON.stringify(await replay({s_views}))"))!;
        // The last of it goes out as the page is left.
        await page.GotoAsync(site.Origin + "/next");
        var expected = (
            done["lists"]!.GetValue<long>(), done["impressions"]!.GetValue<long>(), done["clicks"]!.GetValue<long>());
        Assert.Equal((long)s_views, expected.Item1);
        var counted = await UntilAsync(expected, before);
        Assert.Equal(expected, counted);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_item_that_is_scrolled_past_is_not_seen_and_one_that_stays_is()
    {
        var page = await OpenAsync(timers: "");
        var before = await MetricsAsync();
        await page.EvaluateAsync(
            "async () => { await show(Recommendation.client, 5); await frames(3); await wait(300); "
                + "scrollTo(0, 1100); await frames(3); await wait(1400); }");
        await page.GotoAsync(site.Origin + "/next");
        Assert.Equal((1, 2, 0), await UntilAsync((1, 2, 0), before));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_id_of_the_visitor_is_kept_with_consent_alone()
    {
        var page = await OpenAsync(timers: "");
        var first = await page.EvaluateAsync<string>("Recommendation.client.anonymousId");
        await page.ReloadAsync();
        Assert.Equal(first, await page.EvaluateAsync<string>("Recommendation.client.anonymousId"));
        Assert.Equal(
            0, await page.EvaluateAsync<int>("(Recommendation.client.setConsent(false), localStorage.length)"));
        Assert.NotEqual(first, await page.EvaluateAsync<string>("Recommendation.client.anonymousId"));
        Assert.Equal(
            "undefined false",
            await page.EvaluateAsync<string>(
                $"async () => {{ const m = await import('{site.Api}/recommendation.mjs');"
                    + $"const c = m.create({{ key: '{site.Key}', url: '{site.Api}' }}); c.anonymousId;"
                    + "return typeof document.cookie.x + ' ' + JSON.stringify(localStorage).includes('anon-'); }"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Events_wait_while_the_server_is_away_and_arrive_once()
    {
        var page = await OpenAsync(Timers);
        var before = await MetricsAsync();
        var (away, tries) = (true, 0);
        await page.RouteAsync("**/v1/browser/events*", route =>
        {
            tries++;
            return away ? route.AbortAsync() : route.ContinueAsync();
        });
        var sent = await page.EvaluateAsync<string>(
            "async () => { const list = await show(Recommendation.client, 5); await frames(3); await wait(2000); "
                + "document.querySelector('a').click(); await wait(2500); return list.recommendationId; }");
        Assert.NotNull(sent);
        away = false;
        Assert.Equal((1, 2, 1), await UntilAsync((1, 2, 1), before));
        Assert.InRange(tries, 2, 4);
        await page.Context.CloseAsync();
    }

    private async Task<IPage> OpenAsync(string timers)
    {
        var context = await site.Browser.NewContextAsync(Visitor.Desktop());
        if (timers.Length > 0)
            await context.AddInitScriptAsync(timers);
        var page = await context.NewPageAsync();
        await page.GotoAsync(site.Origin + "/");
        return page;
    }

    private async Task<(long, long, long)> UntilAsync((long, long, long) expected, (long, long, long) before)
    {
        var counted = (0L, 0L, 0L);
        for (var i = 0; i < 200 && counted != expected; i++)
        {
            var now = await MetricsAsync();
            counted = (now.Item1 - before.Item1, now.Item2 - before.Item2, now.Item3 - before.Item3);
            await Task.Delay(50);
        }
        return counted;
    }

    private async Task<(long Lists, long Impressions, long Clicks)> MetricsAsync()
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", site.OperatorKey);
        var answer = JsonNode.Parse(await client.GetStringAsync(new Uri($"{site.Api}/v1/metrics")))!;
        var rows = answer["rows"]!.AsArray();
        return (Sum("lists"), Sum("impressions"), Sum("clicks"));

        long Sum(string name) => rows.Sum(row => row![name]!.GetValue<long>());
    }
}
