using Microsoft.Playwright;

namespace Recommendation.Dashboard.Tests.Pages;

/// <summary>The pages, and how to tell that each shows what it is for.</summary>
internal static class Place
{
    internal const string Run = "runs/scheduled-2010-12-20";

    internal const string Comparison = "runs/compare?a=scheduled-2010-12-19&b=scheduled-2010-12-20";

    /// <summary>The busiest customer of the sample; no test changes it.</summary>
    internal const string User = "users/12748";

    /// <summary>Each page with a sentence or heading that only its data bring.</summary>
    internal static TheoryData<string, string> All => new()
    {
        { "", "How to begin" },
        { "overview", "Last run" },
        { "runs", "Users by outcome" },
        { Run, "Segments" },
        { Comparison, "Side by side" },
        { "models", "Over the versions" },
        { "users", "Look somebody up" },
        { User, "History" },
        { "items", "Search" },
        { "items/85123A", "Goes with" },
        { "import", "Import items" },
        { "scenarios", "New scenario" },
        { "scenarios/sample", "Versions" },
        { "quarantine", "Reasons" },
    };

    internal static ILocator Heading(this IPage page, string name) =>
        page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = name, Exact = true });

    internal static ILocator Button(this IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    internal static ILocator Card(this IPage page, string name) =>
        page.Locator("section.card").Filter(new LocatorFilterOptions { Has = page.Heading(name) });

    internal static ILocator Tile(this IPage page, string name) =>
        page.Locator(".tile")
            .Filter(new LocatorFilterOptions { Has = page.GetByText(name, new PageGetByTextOptions { Exact = true }) });
}
