using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recommendation.Cli.Tests;

/// <summary>What the README shows is what the programs do.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task The_demo_prints_what_the_README_shows()
    {
        using var folder = new DataFolder();
        var demo = await CommandLineProgram.RecommendAsync("demo", "--data", folder.Data);
        Assert.Equal("", demo.Errors);
        Assert.Equal(0, demo.ExitCode);
        Assert.Equal(WithoutVersions(Shown("```text\n(?<shown>Sample .*?)```")), WithoutVersions(demo.Output));
    }

    [Fact]
    public async Task The_demo_run_twice_counts_nothing_twice_and_recommends_the_same()
    {
        using var folder = new DataFolder();
        var first = await DemoAsync(folder);
        var second = await DemoAsync(folder);
        Assert.Equal(25_119, first.GetProperty("ingest").GetProperty("appended").GetInt64());
        Assert.Equal(0, second.GetProperty("ingest").GetProperty("appended").GetInt64());
        Assert.Equal(25_119, second.GetProperty("interactions").GetInt64());
        Assert.Equal(first.GetProperty("example").GetRawText(), second.GetProperty("example").GetRawText());
        Assert.Equal(first.GetProperty("model").GetRawText(), second.GetProperty("model").GetRawText());
    }

    [Fact]
    public async Task The_sample_gives_860_profiles_that_count_25119_interactions_of_2386_products()
    {
        using var folder = new DataFolder();
        var demo = await DemoAsync(folder);
        Assert.Equal(39_529, demo.GetProperty("ingest").GetProperty("rows").GetInt64());
        Assert.Equal(2_386, demo.GetProperty("ingest").GetProperty("items").GetInt64());

        var exported = await CommandLineProgram.RecommendAsync("export", "profiles", "--data", folder.Data);
        var profiles = exported
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToList();
        Assert.Equal(860, profiles.Count);
        Assert.Equal(25_119, profiles.Sum(profile => profile.GetProperty("interactionCount").GetInt64()));
    }

    [Fact]
    public async Task The_embedded_program_is_the_one_of_the_README_and_recommends_with_reasons()
    {
        Assert.Equal(Repository.Read("samples/EmbeddedHost/Program.cs"), Shown("```csharp\n(?<shown>.*?)```"));
        using var folder = new DataFolder();
        var result = await CommandLineProgram.RunAsync("EmbeddedHost", folder.Data);
        Assert.Equal("", result.Errors);
        Assert.Contains("dot may like cup because of tea", result.Output, StringComparison.Ordinal);
        Assert.InRange(
            Repository
                .Read("samples/EmbeddedHost/Program.cs")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Length,
            1,
            30
        );
    }

    private static async Task<JsonElement> DemoAsync(DataFolder folder)
    {
        var demo = await CommandLineProgram.RecommendAsync("demo", "--data", folder.Data, "--json");
        Assert.Equal("", demo.Errors);
        return JsonDocument.Parse(demo.Output).RootElement;
    }

    private static string Shown(string pattern)
    {
        var match = Regex.Match(
            Repository.Read("README.md"),
            pattern,
            RegexOptions.Singleline | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(10)
        );
        Assert.True(match.Success, $"The README has no block like {pattern}");
        return match.Groups["shown"].Value;
    }

    /// <summary>
    /// A model's version ends in a checksum, and the same training may differ in the last bits
    /// on another instruction set.
    /// </summary>
    private static string WithoutVersions(string text) =>
        string.Join('\n', Version().Replace(text, "VERSION").Split('\n').Select(line => line.Trim())).Trim();

    [GeneratedRegex(@"20101220T160800Z-[0-9a-f]+", RegexOptions.None, 10_000)]
    private static partial Regex Version();
}
