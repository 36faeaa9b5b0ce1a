using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Recommendation.Dashboard.Tests.Pages;

[Collection(nameof(Site))]
public sealed class RunPageTests(Site site)
{
    [Fact]
    public async Task A_run_is_started_watched_and_seen_to_its_end() => await site.VisitAsync("runs", async page =>
    {
        site.Server.Ranker.Hold(free: 3);
        try
        {
            await page.Button("Start a run").ClickAsync();
            await page.Button("Start").ClickAsync();
            await Expect(page.Heading("Going on")).ToBeVisibleAsync();
            await Expect(page.Locator(".steps")).ToContainTextAsync("3 of 15");
            await Expect(page.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("value", "180");
        }
        finally
        {
            site.Server.Ranker.Release();
        }
        await Expect(page.Heading("What became of the users")).ToBeVisibleAsync();
        await Expect(page.Locator(".steps")).ToContainTextAsync("15 of 15");
        await Expect(page.Locator(".page-head")).ToContainTextAsync("Completed");
        await Expect(page.Button("Cancel the run")).ToBeHiddenAsync();
    });

    [Fact]
    public async Task A_run_is_cancelled_where_it_stands() =>
        await site.VisitAsync(
            "runs",
            async page =>
            {
                site.Server.Ranker.Hold(free: 1);
                try
                {
                    await page.Button("Start a run").ClickAsync();
                    await page.Button("Start").ClickAsync();
                    await Expect(page.Locator(".steps")).ToContainTextAsync("1 of 15");
                    await page.Button("Cancel the run").ClickAsync();
                    await page.GetByRole(AriaRole.Dialog)
                        .GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel the run" })
                        .ClickAsync();
                    await Expect(page.Locator(".page-head")).ToContainTextAsync("Cancelled");
                }
                finally
                {
                    site.Server.Ranker.Release();
                }
                await page.GotoAsync($"{site.Server.Address}#/runs");
                await Expect(page.GetByText("Cancelled").First).ToBeVisibleAsync();
            }
        );

    [Fact]
    public async Task A_run_that_was_cancelled_goes_on_to_its_end() =>
        await site.VisitAsync(
            "runs",
            async page =>
            {
                site.Server.Ranker.Hold(free: 2);
                try
                {
                    await page.Button("Start a run").ClickAsync();
                    await page.Button("Start").ClickAsync();
                    await Expect(page.Locator(".steps")).ToContainTextAsync("2 of 15");
                    await page.Button("Cancel the run").ClickAsync();
                    await page.GetByRole(AriaRole.Dialog)
                        .GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel the run" })
                        .ClickAsync();
                    await Expect(page.Locator(".page-head")).ToContainTextAsync("Cancelled");
                }
                finally
                {
                    site.Server.Ranker.Release();
                }
                await page.Button("Resume the run").ClickAsync();
                await page.GetByRole(AriaRole.Dialog)
                    .GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Resume the run" })
                    .ClickAsync();
                await Expect(page.Locator(".page-head")).ToContainTextAsync("Completed", new() { Timeout = 30_000 });
                await Expect(page.Locator(".steps")).ToContainTextAsync("attempt 2");
            }
        );

    [Fact]
    public async Task Two_runs_are_chosen_and_compared() =>
        await site.VisitAsync(
            "runs",
            async page =>
            {
                await page.GetByRole(
                        AriaRole.Checkbox,
                        new PageGetByRoleOptions { Name = "Compare scheduled-2010-12-20" }
                    )
                    .CheckAsync();
                await page.GetByRole(
                        AriaRole.Checkbox,
                        new PageGetByRoleOptions { Name = "Compare scheduled-2010-12-19" }
                    )
                    .CheckAsync();
                await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Compare the two" }).ClickAsync();
                var row = page.GetByRole(AriaRole.Row, new PageGetByRoleOptions { Name = "Active users" });
                // Who first came with the second part of the sample is active only in the second run.
                await Expect(row.Locator("td").Nth(1)).ToHaveTextAsync("860");
                await Expect(row.Locator("td").Nth(2)).ToContainTextAsync("+");
            }
        );

    [Fact]
    public async Task A_run_that_is_not_there_is_said_to_be_missing() =>
        await site.VisitAsync(
            "runs/no-such-run",
            async page =>
                await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no run no-such-run"),
            expected: [404]
        );
}
