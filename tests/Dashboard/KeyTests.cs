using Microsoft.Playwright;
using Recommendation.AdminApi.Security;
using Recommendation.Dashboard.Tests.Pages;
using Recommendation.Dashboard.Tests.Server;
using static Microsoft.Playwright.Assertions;

namespace Recommendation.Dashboard.Tests;

/// <summary>A server that wants a key gets it, from this tab and from nowhere else.</summary>
[Collection(nameof(Site))]
public sealed class KeyTests(Site site)
{
    [Fact]
    public async Task The_page_asks_for_a_key_when_the_server_does_and_keeps_it_in_the_tab()
    {
        await using var server = await DashboardServer.StartEmptyAsync();
        var (reader, _) = new ApiKeys(server.Folder, TimeProvider.System).Create(Role.Reader, "the office");
        await site.VisitAsync("runs", async page =>
        {
            await Expect(page.Heading("An API key, please")).ToBeVisibleAsync();
            await page.GetByLabel("API key").FillAsync("rk_wrong_key");
            await page.Button("Go on").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("does not know this key");

            await page.GetByLabel("API key").FillAsync(reader);
            await page.Button("Go on").ClickAsync();
            await Expect(page.Heading("No run yet")).ToBeVisibleAsync();
            await page.ReloadAsync();
            await Expect(page.Heading("No run yet")).ToBeVisibleAsync();
            Assert.False(
                await page.EvaluateAsync<bool>(
                    "JSON.stringify(localStorage).includes('rk_') || document.cookie !== ''"
                )
            );

            // A reader may look, and is told why not more.
            var start = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Start a run" });
            await Expect(start).ToBeDisabledAsync();
            await Expect(start)
                .ToHaveAttributeAsync(
                    "title",
                    "This needs a key with the role operator; yours has the role reader."
                );

            await page.Button("Forget the key").ClickAsync();
            await Expect(page.Heading("An API key, please")).ToBeVisibleAsync();
            Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length"));
        }, expected: [401], server: server.Address);
    }
}
