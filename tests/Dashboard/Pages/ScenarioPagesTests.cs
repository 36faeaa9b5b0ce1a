using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Recommendation.Dashboard.Tests.Pages;

/// <summary>A scenario from its name over a refused rule and a preview to its versions.</summary>
[Collection(nameof(Site))]
public sealed class ScenarioPagesTests(Site site)
{
    [Fact]
    public Task A_scenario_is_tried_put_in_force_changed_and_undone() => site.VisitAsync("scenarios", async page =>
    {
        await page.GetByLabel("Name").FillAsync("front");
        await page.Button("Go on").ClickAsync();
        await page.GetByLabel("Filter").FillAsync("item.title.contains(\"HEART\")");
        await page.GetByLabel("User id").FillAsync("12748");
        await page.Button("Compare").ClickAsync();
        var lists = page.Card("Preview").Locator(".what-if > div");
        await Expect(lists.First.Locator("li")).ToHaveCountAsync(10);
        await Expect(lists.Last.Locator("li")).ToHaveCountAsync(10);
        await Expect(lists.Last.Locator("li").Filter(new LocatorFilterOptions { HasNotText = "HEART" }))
            .ToHaveCountAsync(0);
        await Expect(lists.Last.Locator("li.entering")).Not.ToHaveCountAsync(0);
        Assert.Equal(404, (await page.APIRequest.GetAsync($"{site.Server.Address}v1/scenarios/front")).Status);

        await page.GetByLabel("Why").FillAsync("valentine");
        await page.Button("Put in force").ClickAsync();
        var versions = page.Card("Versions").Locator("tbody tr");
        await Expect(versions).ToHaveCountAsync(1);
        await Expect(versions).ToContainTextAsync("valentine");

        await page.Button("Add a pin").ClickAsync();
        await page.GetByLabel("Item id").FillAsync("85123A");
        await page.GetByLabel("Place", new PageGetByLabelOptions { Exact = true }).FillAsync("2");
        await page.GetByLabel("Items in a list").FillAsync("3");
        await page.Button("Put the change in force").ClickAsync();
        await Expect(versions).ToHaveCountAsync(2);
        await Expect(page.GetByLabel("Items in a list")).ToHaveValueAsync("3");

        await page.Button("Put version 1 in force again").ClickAsync();
        await ConfirmAsync(page, "Put in force");
        await Expect(versions).ToHaveCountAsync(3);
        await Expect(versions.First).ToContainTextAsync("version 1 again");
        await Expect(page.GetByLabel("Items in a list")).ToHaveValueAsync("10");
        await Expect(page.GetByLabel("Item id")).ToHaveCountAsync(0);

        await page.Button("Delete").ClickAsync();
        await ConfirmAsync(page, "Delete");
        await Expect(page.Heading("Scenarios")).ToBeVisibleAsync();
        await Expect(page.Card("In force")).Not.ToContainTextAsync("front");
    }, expected: [404]);

    [Fact]
    public Task A_condition_that_is_wrong_is_marked_at_its_column() => site.VisitAsync("scenarios/sample", async page =>
    {
        var filter = page.GetByLabel("Filter");
        await filter.FillAsync("item.prise < 1.0");
        await page.Button("Put the change in force").ClickAsync();
        await Expect(page.Card("Rules").GetByRole(AriaRole.Alert)).ToContainTextAsync("no attribute 'prise'");
        await Expect(filter).ToBeFocusedAsync();
        await Expect(filter).ToHaveJSPropertyAsync("selectionStart", 5);
        await Expect(filter).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Locator(".at-column mark")).ToHaveTextAsync("p");
        await filter.FillAsync("item.available");
        await Expect(page.Card("Rules").GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);

        await page.Button("Add a boost").ClickAsync();
        await page.GetByLabel("When").FillAsync("user.country ==");
        await page.GetByLabel("Multiply the score by").FillAsync("much");
        await page.Button("Compare").ClickAsync();
        await Expect(page.Locator("[id='boosts[0].multiply-wrong']")).ToHaveTextAsync("Give a number.");
        await page.GetByLabel("Multiply the score by").FillAsync("2");
        await page.Button("Compare").ClickAsync();
        await Expect(page.Locator("[id='boosts[0].when-wrong']")).ToContainTextAsync("Column");
        await page.Button("Remove boost 1").ClickAsync();
        await page.GetByLabel("Items in a list").FillAsync("0");
        await page.Button("Compare").ClickAsync();
        await Expect(page.Locator("#n-wrong")).ToContainTextAsync("n is 1–1000");
        await Expect(page.Card("Versions").Locator("tbody tr")).ToHaveCountAsync(1);
    }, expected: [400]);

    private static Task ConfirmAsync(IPage page, string verb) => page.GetByRole(AriaRole.Dialog)
        .GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = verb }).ClickAsync();
}
