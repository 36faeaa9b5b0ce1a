using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Recommendation.Dashboard.Tests.Browsers;
using Shop;

namespace Recommendation.Shop.Tests.Pages;

/// <summary>The sample shop in a real browser.</summary>
public sealed class ShopTests(OpenShop shop) : IClassFixture<OpenShop>
{
    [Fact]
    public async Task A_visitor_looks_clicks_buys_and_logs_in_and_the_engine_knows_it_all_as_one_person()
    {
        var page = await OpenAsync(Visitor.Desktop());
        var complaints = new ConcurrentQueue<string>();
        page.PageError += (_, problem) => complaints.Enqueue(problem);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                complaints.Enqueue(message.Text);
        };
        await page.GotoAsync(shop.Url);
        await page.ClickAsync("#agree");
        Assert.Equal(0, await page.Locator(".consent").CountAsync());
        var before = await MetricsAsync();
        await page.GotoAsync(shop.Url);
        var id = await page.Locator("script[data-anonymous-id]").GetAttributeAsync("data-anonymous-id");
        Assert.Equal(6, await page.Locator("#for-you [data-item-id]").CountAsync());
        Assert.Equal(6, await page.Locator("#popular [data-item-id]").CountAsync());

        // The first row is on screen; a click is reported while the page is left.
        await page.WaitForTimeoutAsync(1_500);
        var clicked = await page.Locator("#for-you [data-item-id]").First.GetAttributeAsync("data-item-id");
        await page.Locator("#for-you [data-item-id] a").First.ClickAsync();
        await page.WaitForURLAsync($"**/product/{clicked}");
        var after = await UntilAsync(now =>
            now.Clicks == before.Clicks + 1 && now.Impressions >= before.Impressions + 6);
        Assert.True(after.Lists > before.Lists);

        Assert.True(await page.Locator("#similar [data-item-id]").CountAsync() is > 0 and <= 4);
        Assert.Equal(0, await page.Locator($"#similar [data-item-id='{clicked}']").CountAsync());
        await page.ClickAsync("#add");
        Assert.Equal("1", await page.Locator(".basket b").InnerTextAsync());
        Assert.True(await page.Locator("#with-basket [data-item-id]").CountAsync() > 0);
        await page.ClickAsync("#buy");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Thank you! 1 products");
        await UntilAsync(now => now.Conversions == before.Conversions + 1);

        await page.GotoAsync($"{shop.Url}/login");
        await page.FillAsync("input[name=user]", "12748");
        await page.ClickAsync("#log-in");
        await Assertions.Expect(page.Locator("#for-you h2")).ToHaveTextAsync("For you, 12748");
        Assert.Equal(id, await page.Locator("script[data-anonymous-id]").GetAttributeAsync("data-anonymous-id"));
        var (user, visitor) = (await GetAsync("v1/users/12748"), await GetAsync($"v1/users/{id}"));
        Assert.Equal(user["interactionCount"]!.GetValue<long>(), visitor["interactionCount"]!.GetValue<long>());
        Assert.Contains(user["recent"]!.AsArray(), one => one!["itemId"]!.GetValue<string>() == clicked);
        Assert.NotEqual("popular", await SourceOfAsync(id!));

        await page.ClickAsync("#log-out");
        Assert.NotEqual(id, await page.Locator("script[data-anonymous-id]").GetAttributeAsync("data-anonymous-id"));
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length"));
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_search_puts_what_suits_the_user_first_and_finds_the_same()
    {
        var page = await OpenAsync(Visitor.Desktop());
        await page.GotoAsync($"{shop.Url}/search?q=lantern");
        await page.ClickAsync("#agree");
        var before = await page.Locator("#results [data-item-id]").EvaluateAllAsync<string[]>(
            "all => all.map(one => one.dataset.itemId)");
        await page.GotoAsync($"{shop.Url}/login");
        await page.FillAsync("input[name=user]", "12748");
        await page.ClickAsync("#log-in");
        await page.GotoAsync($"{shop.Url}/search?q=lantern");
        var after = await page.Locator("#results [data-item-id]").EvaluateAllAsync<string[]>(
            "all => all.map(one => one.dataset.itemId)");
        Assert.Equal(before.Order(StringComparer.Ordinal), after.Order(StringComparer.Ordinal));
        Assert.NotEqual(before, after);
        await page.GotoAsync($"{shop.Url}/search?q=no-such-thing");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Nothing was found");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_figures_show_the_experiment_after_a_crowd_was_there()
    {
        var page = await OpenAsync(Visitor.Desktop());
        await page.GotoAsync($"{shop.Url}/figures");
        await page.ClickAsync("#visit");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("300 visitors saw");
        var users = await page.Locator("#experiment tr:not(:first-child) td:nth-child(2)").AllInnerTextsAsync();
        Assert.Equal(2, users.Count);
        Assert.All(users, one => Assert.True(int.Parse(one, null) > 50, $"A variant has {one} users."));
        Assert.NotEmpty(await page.Locator("#verdict").InnerTextAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Without_consent_nothing_is_kept_and_the_shop_works()
    {
        var page = await OpenAsync(Visitor.Phone());
        await page.GotoAsync(shop.Url);
        await page.ClickAsync("#decline");
        await page.GotoAsync($"{shop.Url}/product/22423");
        await page.ClickAsync("#add");
        Assert.Equal("1", await page.Locator(".basket b").InnerTextAsync());
        Assert.DoesNotContain(await page.Context.CookiesAsync(), one => one.Name == "recommendation.visitor");
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length"));
        foreach (var path in new[] { "/", "/product/22423", "/basket", "/search?q=bag", "/figures", "/login" })
        {
            await page.GotoAsync(shop.Url + path);
            Assert.True(
                await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
                $"{path} is wider than a phone.");
        }
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("--url", "Usage")]
    [InlineData("--url http://0.0.0.0:80", "can't be used")]
    [InlineData("--api nowhere", "can't be used")]
    [InlineData("--port 80", "can't be used")]
    public void Arguments_that_can_not_be_used_are_named(string arguments, string expected) =>
        Assert.Contains(expected, ShopSettings.Read(arguments.Split(' '), out _)!, StringComparison.Ordinal);

    private async Task<IPage> OpenAsync(BrowserNewContextOptions visitor)
    {
        var page = await (await shop.Browser.NewContextAsync(visitor)).NewPageAsync();
        page.SetDefaultTimeout(60_000);
        return page;
    }

    private async Task<Figures> UntilAsync(Func<Figures, bool> reached)
    {
        var now = await MetricsAsync();
        for (var i = 0; i < 200 && !reached(now); i++)
        {
            await Task.Delay(50);
            now = await MetricsAsync();
        }
        Assert.True(reached(now), $"{now}");
        return now;
    }

    private async Task<string> SourceOfAsync(string user) =>
        (await GetAsync($"v1/users/{user}/recommendations?preview=true"))["source"]!.GetValue<string>();

    private async Task<Figures> MetricsAsync()
    {
        var rows = (await GetAsync("v1/metrics?by=scenario"))["rows"]!.AsArray()
            .Where(row => row!["scenario"] is not null).ToList();
        return new Figures(Sum("lists"), Sum("impressions"), Sum("clicks"), Sum("conversions"));

        long Sum(string name) => rows.Sum(row => row![name]!.GetValue<long>());
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = shop.Access.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", shop.Access.OperatorKey);
        return JsonNode.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative)))!;
    }

    private sealed record Figures(long Lists, long Impressions, long Clicks, long Conversions);
}
