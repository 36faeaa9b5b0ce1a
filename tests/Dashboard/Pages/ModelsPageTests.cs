using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Recommendation.Dashboard.Tests.Pages;

[Collection(nameof(Site))]
public sealed class ModelsPageTests(Site site)
{
    [Fact]
    public async Task A_model_is_promoted_and_the_promotion_is_rolled_back() =>
        await site.VisitAsync(
            "models",
            async page =>
            {
                var badges = page.GetByText("Current", new PageGetByTextOptions { Exact = true });
                var current = page.Locator("tbody tr").Filter(new LocatorFilterOptions { Has = badges });
                var before = await current.Locator("th .mono").TextContentAsync();

                await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Promote 2010" })
                    .First.ClickAsync();
                var dialog = page.GetByRole(AriaRole.Dialog);
                await Expect(dialog).ToContainTextAsync("Interactions trained on");
                if (await dialog.GetByRole(AriaRole.Checkbox).CountAsync() > 0)
                    await dialog.GetByRole(AriaRole.Checkbox).CheckAsync();
                await page.Button("Promote").ClickAsync();
                await Expect(
                        page.GetByRole(AriaRole.Status)
                            .Filter(new LocatorFilterOptions { HasText = "is the current one" })
                    )
                    .ToBeVisibleAsync();
                await Expect(current.Locator("th .mono")).Not.ToHaveTextAsync(before!);

                await page.Button("Roll back").ClickAsync();
                await dialog
                    .GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Roll back" })
                    .ClickAsync();
                await Expect(current.Locator("th .mono")).ToHaveTextAsync(before!);
            });

    [Fact]
    public async Task A_training_is_followed_after_the_page_was_left() =>
        await site.VisitAsync(
            "models",
            async page =>
            {
                await page.Button("Train a model").ClickAsync();
                await page.Button("Train").ClickAsync();
                await Expect(page.Card("Training")).ToBeVisibleAsync();
                await page.ReloadAsync();
                await Expect(page.Card("Training")).ToBeVisibleAsync();
                await page.Button("Cancel the training").ClickAsync();
                await Expect(page.Card("Training"))
                    .ToBeHiddenAsync(new LocatorAssertionsToBeHiddenOptions { Timeout = 90_000 });
                await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
            }
        );

    [Fact]
    public async Task The_parameters_are_explained_in_words() => await site.VisitAsync("models", async page =>
    {
        await page.Locator("tbody tr").First.Locator("summary").ClickAsync();
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("Damping of popular items");
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("popular items are recommended less");
    });

    [Fact]
    public async Task A_metric_is_followed_over_the_versions() => await site.VisitAsync("models", async page =>
    {
        await page.GetByLabel("Metric").SelectOptionAsync("Interactions trained on");
        await page.Card("Over the versions").GetByText("Show as table").ClickAsync();
        await Expect(page.Card("Over the versions").Locator("tbody tr")).ToHaveCountAsync(2);
    });
}
