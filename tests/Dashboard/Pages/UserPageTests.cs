using static Microsoft.Playwright.Assertions;

namespace Recommendation.Dashboard.Tests.Pages;

[Collection(nameof(Site))]
public sealed class UserPageTests(Site site)
{
    [Fact]
    public async Task A_user_is_looked_up_and_the_list_has_names_and_reasons() => await site.VisitAsync("users", async page =>
    {
        await page.GetByLabel("User id").FillAsync("12748");
        await page.Button("Look up").ClickAsync();
        await Expect(page.Card("Profile")).ToContainTextAsync("642");
        await Expect(page.Card("Recommendations").Locator(".item")).ToHaveCountAsync(10);
        await Expect(page.Card("Recommendations").Locator(".item").First.Locator("summary")).ToContainTextAsync("Because of ");
        await Expect(page.Card("History").Locator("tbody tr")).ToHaveCountAsync(12);
        await page.Button("Show all 50").ClickAsync();
        await Expect(page.Card("History").Locator("tbody tr")).ToHaveCountAsync(50);
        await page.GetByLabel("Show").SelectOptionAsync("20");
        await Expect(page.Card("Recommendations").Locator(".item")).ToHaveCountAsync(20);
    });

    [Fact]
    public async Task Somebody_unknown_is_offered_what_is_popular() => await site.VisitAsync("users/nobody-yet", async page =>
    {
        await Expect(page.Heading("Nothing is known of this user")).ToBeVisibleAsync();
        await Expect(page.Card("Recommendations")).ToContainTextAsync("Popular items");
    }, expected: [404]);

    [Fact]
    public async Task An_id_with_signs_of_its_own_is_looked_up_as_it_is() => await site.VisitAsync("users", async page =>
    {
        await page.GetByLabel("User id").FillAsync("a/b #1%");
        await page.Button("Look up").ClickAsync();
        await Expect(page.Heading("User a/b #1%")).ToBeVisibleAsync();
        await Expect(page.Heading("Nothing is known of this user")).ToBeVisibleAsync();
    }, expected: [404]);
}
