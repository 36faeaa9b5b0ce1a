using Microsoft.Playwright;

namespace Recommendation.Dashboard.Tests.Browsers;

/// <summary>Screens and preferences.</summary>
internal static class Visitor
{
    internal static BrowserNewContextOptions Desktop(ColorScheme scheme = ColorScheme.Light) => new()
    {
        ViewportSize = new ViewportSize { Width = 1360, Height = 900 },
        ColorScheme = scheme,
        ReducedMotion = ReducedMotion.Reduce,
    };

    internal static BrowserNewContextOptions Phone(ColorScheme scheme = ColorScheme.Light) => new()
    {
        ViewportSize = new ViewportSize { Width = 360, Height = 740 },
        ColorScheme = scheme,
        ReducedMotion = ReducedMotion.Reduce,
        IsMobile = true,
        HasTouch = true,
    };
}
