using System.Text.Json;
using Microsoft.Playwright;
using Recommendation.Dashboard.Tests.Browsers;
using Recommendation.Dashboard.Tests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Recommendation.Dashboard.Tests;

/// <summary>axe-core finds nothing to complain of, on any page, and every page fits its screen.</summary>
[Collection(nameof(Site))]
public sealed class AccessibilityTests(Site site)
{
    private const string Violations =
        "async () => (await axe.run(document)).violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' "
            + "')}: ${n.failureSummary}`))";

    /// <summary>In CSS pixels: what WCAG 2.2 asks for (1.4.10, reflow), a desktop at 400 %.</summary>
    private const int NarrowestScreen = 320;

    // What sticks out is named, unless it can be scrolled by itself.
    private const string ScrollsSideways =
        """
        () => {
          const [root, width] = [document.documentElement, document.documentElement.clientWidth];
          if (root.scrollWidth <= width) return "";
          const isOut = one => one.getBoundingClientRect().right > width;
          const out = [...document.querySelectorAll("body *")].filter(isOut);
          return `${width} px: ${out.slice(0, 5).map(one => `${one.localName}.${one.className}`).join(", ")}`;
        }
        """;

    public static TheoryData<string, string> Pages => Place.All;

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_has_no_accessibility_violation_and_does_not_scroll_sideways_in_light_in_dark_and_on_a_phone(
        string place,
        string heading
    )
    {
        await Task.WhenAll(
            new[] { Visitor.Desktop(), Visitor.Desktop(ColorScheme.Dark), Visitor.Phone() }.Select(options =>
                site.VisitAsync(
                    place,
                    async page =>
                    {
                        await Expect(page.Heading(heading)).ToBeVisibleAsync();
                        foreach (var summary in (await page.Locator("summary").AllAsync()).Take(3))
                            await summary.ClickAsync();
                        await AssertFitsAndIsAccessibleAsync(page);
                    },
                    options
                )
            )
        );
    }

    [Theory]
    [InlineData("runs", "Start a run")]
    [InlineData("models", "Roll back")]
    [InlineData(Place.User, "Erase")]
    public async Task A_dialog_has_no_accessibility_violation(string place, string button) =>
        await site.VisitAsync(
            place,
            async page =>
            {
                await page.Button(button).ClickAsync();
                await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
                await AssertNoViolationsAsync(page);
            }
        );

    [Fact]
    public async Task A_planted_violation_is_found() =>
        await site.VisitAsync(
            "users",
            async page =>
            {
                await Expect(page.Heading("Look somebody up")).ToBeVisibleAsync();
                await page.EvaluateAsync("document.querySelector('label[for=user]').remove()");
                Assert.Contains(
                    await ViolationsAsync(page),
                    violation => violation.StartsWith("label:", StringComparison.Ordinal)
                );
            }
        );

    internal static async Task AssertFitsAndIsAccessibleAsync(IPage page)
    {
        await AssertNoViolationsAsync(page);
        Assert.Equal("", await page.EvaluateAsync<string>(ScrollsSideways));
        await page.SetViewportSizeAsync(NarrowestScreen, 640);
        Assert.Equal("", await page.EvaluateAsync<string>(ScrollsSideways));
    }

    private static async Task AssertNoViolationsAsync(IPage page) => Assert.Empty(await ViolationsAsync(page));

    private static async Task<IEnumerable<string>> ViolationsAsync(IPage page)
    {
        await page.EvaluateAsync(await FrontEnd.AxeAsync());
        var found = await page.EvaluateAsync<JsonElement>(Violations);
        return found.EnumerateArray().Select(one => one.GetString()!);
    }
}
