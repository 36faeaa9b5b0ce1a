using System.Reflection;
using Recommendation.Emulators;

namespace Recommendation.Dashboard.Tests;

/// <summary>The dashboard's sources, its committed build, and what it is built and tested with.</summary>
internal static class FrontEnd
{
    internal static string Folder { get; } = typeof(FrontEnd).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => string.Equals(attribute.Key, "DashboardFolder", StringComparison.Ordinal)).Value!;

    internal static string Committed => Path.Combine(Folder, "dist");

    /// <summary>Builds the sources as they are into another folder, with the packages of the lock file.</summary>
    internal static async Task BuildAsync(string output)
    {
        await NodePackages.InstallAsync(Folder);
        await NodePackages.RunAsync(Folder, NodePackages.Npm, "run", "build", "--", output);
    }

    /// <summary>The accessibility checker, as a script for the page.</summary>
    internal static async Task<string> AxeAsync()
    {
        await NodePackages.InstallAsync(Folder);
        return await File.ReadAllTextAsync(Path.Combine(Folder, "node_modules", "axe-core", "axe.min.js"));
    }
}
