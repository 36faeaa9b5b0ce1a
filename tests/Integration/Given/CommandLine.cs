namespace Recommendation.Integration.Tests.Given;

/// <summary>The command line as a person runs it.</summary>
internal static class CommandLine
{
    // Where it was built for itself, with the frameworks that it needs; of the configuration that the
    // tests are built in.
    private static readonly string s_program = Repository.PathOf(
        "artifacts", "bin", "Recommendation.Cli", new DirectoryInfo(AppContext.BaseDirectory).Name, "recommend.dll");

    internal static Task<string> RecommendAsync(
        IReadOnlyDictionary<string, string> environment,
        params string[] arguments
    ) => Repository.RunAsync("dotnet", environment, [s_program, .. arguments]);

    /// <summary>On one machine, in a folder.</summary>
    internal static Task<string> LocallyAsync(string folder, params string[] arguments) =>
        RecommendAsync(new Dictionary<string, string>(StringComparer.Ordinal), [.. arguments, "--data", folder]);

    /// <summary>The documents of an export, in an order that no platform decides.</summary>
    internal static IReadOnlyList<string> Lines(string export) =>
        [.. export.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
}
