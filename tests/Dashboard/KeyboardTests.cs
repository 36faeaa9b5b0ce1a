using Microsoft.Playwright;
using Recommendation.Dashboard.Tests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Recommendation.Dashboard.Tests;

/// <summary>All of it without a mouse.</summary>
[Collection(nameof(Site))]
public sealed class KeyboardTests(Site site)
{
    [Fact]
    public async Task The_first_stop_skips_to_the_page() =>
        await site.VisitAsync(
            "models",
            async page =>
            {
                await Expect(page.Heading("Versions")).ToBeVisibleAsync();
                await page.Keyboard.PressAsync("Tab");
                await Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Skip to the page" }))
                    .ToBeFocusedAsync();
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Heading("Models")).ToBeFocusedAsync();
                Assert.EndsWith("#/models", page.Url, StringComparison.Ordinal);
            }
        );

    [Fact]
    public async Task A_link_followed_by_keyboard_moves_the_focus_to_the_new_page() =>
        await site.VisitAsync(
            "",
            async page =>
            {
                await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Runs", Exact = true })
                    .FocusAsync();
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Heading("Runs")).ToBeFocusedAsync();
                await page.Keyboard.PressAsync("Tab");
                await Expect(page.Button("Start a run")).ToBeFocusedAsync();
            }
        );

    [Fact]
    public async Task The_arrow_keys_read_a_chart_and_enter_opens_what_they_point_at() =>
        await site.VisitAsync(
            "runs",
            async page =>
            {
                var chart = page.Card("Users by outcome").Locator(".chart-plot");
                await chart.FocusAsync();
                await page.Keyboard.PressAsync("Home");
                await Expect(page.Card("Users by outcome").Locator(".readout")).ToContainTextAsync("Ranked");
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Heading("scheduled-2010-12-19")).ToBeVisibleAsync();
            }
        );

    [Fact]
    public async Task Escape_leaves_a_dialog_without_doing_anything_and_the_focus_returns() =>
        await site.VisitAsync(
            "runs",
            async page =>
            {
                await page.Button("Start a run").FocusAsync();
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
                await page.Keyboard.PressAsync("Escape");
                await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
                await Expect(page.Button("Start a run")).ToBeFocusedAsync();
                Assert.EndsWith("#/runs", page.Url, StringComparison.Ordinal);
            }
        );
}
