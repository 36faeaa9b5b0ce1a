using Microsoft.Playwright;
using Recommendation.Dashboard.Tests.Browsers;
using Recommendation.Dashboard.Tests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Recommendation.Dashboard.Tests;

[Collection(nameof(Site))]
public sealed class PhoneTests(Site site)
{
    public static TheoryData<string, string> Pages => Place.All;

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_fits_a_phone_without_scrolling_sideways(string place, string heading) => await site.VisitAsync(place, async page =>
    {
        await Expect(page.Heading(heading)).ToBeVisibleAsync();
        foreach (var summary in (await page.Locator("summary").AllAsync()).Take(3))
            await summary.ClickAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
    }, Visitor.Phone());

    [Fact]
    public async Task The_pages_are_reached_with_the_thumb() => await site.VisitAsync("", async page =>
    {
        foreach (var (link, heading) in ((string, string)[])[("Runs", "Runs"), ("Models", "Models"), ("Users", "Users"), ("Quarantine", "Quarantine"), ("Overview", "Overview")])
        {
            var target = page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = link, Exact = true });
            Assert.True((await target.BoundingBoxAsync())!.Height >= 44);
            await target.TapAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = heading, Exact = true, Level = 1 })).ToBeVisibleAsync();
        }
    }, Visitor.Phone());
}
