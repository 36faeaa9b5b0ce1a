using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Recommendation.Dashboard.Tests.Pages;

/// <summary>The catalogue, an item of it, and items that are brought in.</summary>
[Collection(nameof(Site))]
public sealed class CataloguePagesTests(Site site)
{
    [Fact]
    public Task Items_are_looked_through_page_by_page_and_searched_by_words() => site.VisitAsync("items", async page =>
    {
        var card = page.Card("Items");
        await Expect(card.Locator("tbody tr")).ToHaveCountAsync(50);
        await page.Button("Count them all").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new LocatorFilterOptions { HasText = " items." }))
            .ToBeVisibleAsync();
        await Expect(card).ToContainTextAsync("The first 50 of 2,");
        await page.Button("Show more items").ClickAsync();
        await Expect(card.Locator("tbody tr")).ToHaveCountAsync(100);

        await page.GetByLabel("Words").FillAsync("hanging heart");
        await page.Button("Search").ClickAsync();
        await Expect(card.Locator("tbody th").First).ToContainTextAsync("HEART");
        await Expect(card.Locator("tbody tr").Filter(new LocatorFilterOptions { HasNotText = "HEART" }))
            .ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Words")).ToHaveValueAsync("hanging heart");
        await page.GetByLabel("Words").FillAsync("nothing-is-called-so");
        await page.Button("Search").ClickAsync();
        await Expect(page.Heading("No item has all of these")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Show all" }).ClickAsync();
        await Expect(card.Locator("tbody tr")).ToHaveCountAsync(50);
        await page.GetByLabel("or an item's id").FillAsync("85123A");
        await page.GetByLabel("or an item's id").PressAsync("Enter");
        await Expect(page.Card("Goes with").Locator(".item")).ToHaveCountAsync(20);
    });

    [Fact]
    public Task Items_are_brought_in_after_a_look_at_what_would_change() => site.VisitAsync("import", async page =>
    {
        await ImportAsync(page, """{"itemId":"desk","title":"Desk","price":10,"attributes":{"wood":"oak"}}""");
        await page.GetByLabel("or the items themselves").FillAsync(
            """
            {"itemId":"desk","title":"Desk <i>new</i>","price":12.5,"currency":"EUR"}
            {"itemId":"shelf","title":"Shelf","attributes":{"wood":"oak"}}
            """);
        await page.Button("Show what would change").ClickAsync();
        var card = page.Card("What would change");
        await Expect(card).ToContainTextAsync("1 added, 1 changed, 0 as they are");
        await Expect(card.Locator("tbody tr").First.Locator("li")).ToHaveTextAsync(
            ["title Desk → Desk <i>new</i>", "price 10 → 12.5", "currency  → EUR", "wood oak → removed"]);
        Assert.Equal(404, (await page.APIRequest.GetAsync($"{site.Server.Address}v1/items/shelf")).Status);

        await page.Button("Store 2 items").ClickAsync();
        await Expect(page.GetByText("2 items are stored.")).ToBeVisibleAsync();
        await page.GotoAsync($"{site.Server.Address}#/items?attribute=wood:oak");
        await Expect(page.Card("Items").Locator("tbody th")).ToContainTextAsync(["Shelf"]);
        await Expect(page.GetByLabel("Values of attributes")).ToHaveValueAsync("wood:oak");
    });

    [Theory]
    [InlineData("[]", "There is no item")]
    [InlineData("{\"itemId\":\"a\"}\n{oops", "Line 2 is no JSON")]
    [InlineData("""{"itemId":"a","price":"12"}""", "price")]
    [InlineData("""{"title":"Chair"}""", "itemId")]
    public Task What_is_no_item_is_refused_with_where_and_why(string text, string problem) => site.VisitAsync(
        "import",
        async page =>
        {
            await page.GetByLabel("or the items themselves").FillAsync(text);
            await page.Button("Show what would change").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(problem);
        },
        expected: problem is "price" or "itemId" ? [400] : []);

    [Fact]
    public Task An_item_is_taken_out_of_lists_and_let_in_again_and_only_own_pictures_are_loaded() => site.VisitAsync(
        "import",
        async page =>
        {
            await ImportAsync(
                page,
                """
                [{"itemId":"lamp/1","title":"Lamp","imageUrl":"/favicon.svg","url":"https://example.org/lamp",
                "attributes":{"tags":["a","b"]}},
                {"itemId":"lamp2","title":"Lamp 2","imageUrl":"https://example.org/lamp.png"}]
                """);
            await page.GotoAsync($"{site.Server.Address}#/items/lamp%2F1");
            var card = page.Card("Catalogue");
            await Expect(card.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 150);
            await Expect(card).ToContainTextAsync("a, b");
            await page.Button("Make unavailable").ClickAsync();
            await Expect(card).ToContainTextAsync("Not available: in no list");
            await page.Button("Make available").ClickAsync();
            await Expect(card.GetByText("Available", new LocatorGetByTextOptions { Exact = true })).ToBeVisibleAsync();
            // The watch of the page would have seen a request to the other host.
            await page.GotoAsync($"{site.Server.Address}#/items/lamp2");
            await Expect(card.GetByText("https://example.org/lamp.png"))
                .ToHaveAttributeAsync("rel", "noopener noreferrer");
            await Expect(card.Locator("img")).ToHaveCountAsync(0);
        });

    [Fact]
    public Task What_goes_with_an_item_is_told_apart_by_behaviour_and_content() => site.VisitAsync(
        "items/85123A",
        async page =>
        {
            var card = page.Card("Goes with");
            await Expect(card.Locator(".item")).ToHaveCountAsync(20);
            await page.GetByLabel("By", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync("behaviour");
            await Expect(card).ToContainTextAsync("Users who had the item had these, too.");
            await Expect(card.Locator(".item")).ToHaveCountAsync(20);
        });

    private static async Task ImportAsync(IPage page, string items)
    {
        await page.GetByLabel("or the items themselves").FillAsync(items);
        await page.Button("Show what would change").ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Store " }).ClickAsync();
        await Expect(page.Card("What would change")).ToBeHiddenAsync();
    }
}
