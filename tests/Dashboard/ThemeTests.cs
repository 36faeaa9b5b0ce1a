using Microsoft.Playwright;
using Recommendation.Dashboard.Tests.Browsers;
using Recommendation.Dashboard.Tests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Recommendation.Dashboard.Tests;

[Collection(nameof(Site))]
public sealed class ThemeTests(Site site)
{
    [Fact]
    public async Task It_follows_the_system_until_somebody_chooses_and_remembers_the_choice() =>
        await site.VisitAsync(
            "users",
            async page =>
            {
                await Expect(page.Heading("Users")).ToBeVisibleAsync();
                Assert.True(await BrightnessAsync(page) < 0.2);

                await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Theme: " }).ClickAsync();
                Assert.True(await BrightnessAsync(page) > 0.8);

                await page.ReloadAsync();
                await Expect(page.Heading("Users")).ToBeVisibleAsync();
                Assert.True(await BrightnessAsync(page) > 0.8);
            }, Visitor.Desktop(ColorScheme.Dark));

    [Fact]
    public async Task Light_is_light() => await site.VisitAsync("users", async page =>
    {
        await Expect(page.Heading("Users")).ToBeVisibleAsync();
        Assert.True(await BrightnessAsync(page) > 0.8);
    });

    /// <summary>How bright the page's ground is, 0 … 1.</summary>
    private static Task<double> BrightnessAsync(IPage page) =>
        page.EvaluateAsync<double>(
            "() => { const [r, g, b] = "
                + "getComputedStyle(document.documentElement).backgroundColor.match(/[\\d.]+/g).map(Number); return "
                + "(r + g + b) / 765; }"
        );
}
