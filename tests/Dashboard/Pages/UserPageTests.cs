using System.Globalization;
using static Microsoft.Playwright.Assertions;

namespace Recommendation.Dashboard.Tests.Pages;

[Collection(nameof(Site))]
public sealed class UserPageTests(Site site)
{
    [Fact]
    public async Task A_user_is_looked_up_and_the_list_has_names_and_reasons() =>
        await site.VisitAsync(
            "users",
            async page =>
            {
                await page.GetByLabel("User id").FillAsync("12748");
                await page.Button("Look up").ClickAsync();
                await Expect(page.Card("Profile")).ToContainTextAsync("642");
                await Expect(page.Card("Recommendations").Locator(".item")).ToHaveCountAsync(10);
                await Expect(page.Card("Recommendations").Locator(".item").First.Locator("summary"))
                    .ToContainTextAsync("Because of ");
                await Expect(page.Card("History").Locator("tbody tr")).ToHaveCountAsync(12);
                await page.Button("Show all 50").ClickAsync();
                await Expect(page.Card("History").Locator("tbody tr")).ToHaveCountAsync(50);
                await page.GetByLabel("Show").SelectOptionAsync("20");
                await Expect(page.Card("Recommendations").Locator(".item")).ToHaveCountAsync(20);
            }
        );

    [Fact]
    public async Task Somebody_unknown_is_offered_what_is_popular() =>
        await site.VisitAsync(
            "users/nobody-yet",
            async page =>
            {
                await Expect(page.Heading("Nothing is known of this user")).ToBeVisibleAsync();
                await Expect(page.Card("Recommendations")).ToContainTextAsync("Popular items");
            },
            expected: [404]
        );

    [Fact]
    public async Task An_id_with_signs_of_its_own_is_looked_up_as_it_is() =>
        await site.VisitAsync(
            "users",
            async page =>
            {
                await page.GetByLabel("User id").FillAsync("a/b #1%");
                await page.Button("Look up").ClickAsync();
                await Expect(page.Heading("User a/b #1%")).ToBeVisibleAsync();
                await Expect(page.Heading("Nothing is known of this user")).ToBeVisibleAsync();
            },
            expected: [404]
        );

    [Fact]
    public async Task What_each_item_of_the_history_adds_sums_up_to_the_score() =>
        await site.VisitAsync(
            Place.User,
            async page =>
            {
                var item = page.Card("Recommendations").Locator(".item").First;
                await item.Locator("summary").ClickAsync();
                var amounts = item.Locator(".contributions dd:last-of-type, .contributions dd:nth-of-type(even)");
                await Expect(amounts.Last).ToBeVisibleAsync();
                var numbers = (await amounts.AllTextContentsAsync())
                    .Select(text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))
                    .ToList();
                Assert.True(numbers.Count > 2);
                // Each is rounded to four digits.
                Assert.Equal(numbers[^1], numbers.SkipLast(1).Sum(), 0.00005 * numbers.Count);
            }
        );

    [Fact]
    public async Task What_a_purchase_would_change_is_shown_and_nothing_is_stored() =>
        await site.VisitAsync(
            Place.User,
            async page =>
            {
                var first = await page.Card("Recommendations").Locator(".item code").First.TextContentAsync();
                await page.GetByLabel("of the item (id or title)").FillAsync(first!);
                await page.Button("Show the list").ClickAsync();
                // Who has bought an item is not recommended it any more.
                await Expect(page.Locator(".what-if li.leaving")).Not.ToHaveCountAsync(0);
                await Expect(page.Locator(".what-if li.entering")).Not.ToHaveCountAsync(0);
                await page.ReloadAsync();
                await Expect(page.Card("Profile")).ToContainTextAsync("642");
            }
        );

    [Fact]
    public async Task An_item_leads_to_its_page_and_from_there_to_what_goes_with_it() =>
        await site.VisitAsync(
            Place.User,
            async page =>
            {
                var item = page.Card("Recommendations").Locator(".item .name a").First;
                var title = await item.TextContentAsync();
                await item.ClickAsync();
                await Expect(page.Heading(title!)).ToBeVisibleAsync();
                await Expect(page.Card("Catalogue")).ToContainTextAsync("Available");
                var next = page.Card("Goes with").Locator(".item a").First;
                await Expect(page.Card("Goes with").Locator(".item")).ToHaveCountAsync(20);
                title = await next.TextContentAsync();
                await next.ClickAsync();
                await Expect(page.Heading(title!)).ToBeVisibleAsync();
            }
        );

    [Fact]
    public async Task A_title_is_completed_and_stands_for_its_item() => await site.VisitAsync(Place.User, async page =>
    {
        var title = await page.Card("Recommendations").Locator(".item .name a").First.TextContentAsync();
        await Expect(page.Locator("#what-if-items option").First).ToBeAttachedAsync();
        await page.GetByLabel("of the item (id or title)").FillAsync(title!);
        await page.Button("Show the list").ClickAsync();
        await Expect(page.Locator(".what-if li.leaving")).Not.ToHaveCountAsync(0);
    });

    [Fact]
    public async Task Times_are_shown_to_the_minute() =>
        await site.VisitAsync(
            Place.User,
            async page =>
                await Expect(page.Card("History").Locator("tbody tr").First.Locator("td").Last)
                    .ToContainTextAsync("Dec 2010, ")
        );

    [Fact]
    public async Task A_user_is_erased_only_after_the_id_is_typed_and_a_receipt_says_what_was_removed() =>
        await site.VisitAsync(
            "users/17850",
            async page =>
            {
                await page.Button("Erase").ClickAsync();
                await Expect(page.Button("Erase for good")).ToBeDisabledAsync();
                await page.GetByLabel("Type the user id to go on").FillAsync("1785");
                await Expect(page.Button("Erase for good")).ToBeDisabledAsync();
                await page.GetByLabel("Type the user id to go on").FillAsync("17850");
                await page.Button("Erase for good").ClickAsync();
                await Expect(page.Heading("Erased")).ToBeVisibleAsync();
                await page.GetByText("The receipt itself").ClickAsync();
                await Expect(page.Locator("pre")).ToContainTextAsync("signature");

                var download = await page.RunAndWaitForDownloadAsync(() =>
                    page.Button("Save the receipt").ClickAsync()
                );
                Assert.Equal("erasure-receipt.json", download.SuggestedFilename);

                await page.ReloadAsync();
                await Expect(page.Heading("Nothing is known of this user")).ToBeVisibleAsync();
            }, expected: [404]);
}
