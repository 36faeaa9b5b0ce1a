using Microsoft.Playwright;
using Recommendation.Dashboard.Tests.Browsers;
using static Microsoft.Playwright.Assertions;

namespace Recommendation.Dashboard.Tests;

[Collection(nameof(Site))]
public sealed class PhoneTests(Site site)
{
    [Fact]
    public async Task The_pages_are_reached_with_the_thumb() =>
        await site.VisitAsync(
            "",
            async page =>
            {
                foreach (
                    var (link, heading) in ((string, string)[])
                        [
                            ("Runs", "Runs"),
                            ("Models", "Models"),
                            ("Users", "Users"),
                            ("Items", "Catalogue"),
                            ("Scenarios", "Scenarios"),
                            ("Quarantine", "Quarantine"),
                            ("Overview", "Overview"),
                            ("Results", "Results"),
                        ]
                )
                {
                    var target = page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = link, Exact = true });
                    Assert.True((await target.BoundingBoxAsync())!.Height >= 44);
                    await target.TapAsync();
                    await Expect(
                            page.GetByRole(
                                AriaRole.Heading,
                                new PageGetByRoleOptions
                                {
                                    Name = heading,
                                    Exact = true,
                                    Level = 1,
                                }
                            )
                        )
                        .ToBeVisibleAsync();
                }
            },
            Visitor.Phone()
        );
}
