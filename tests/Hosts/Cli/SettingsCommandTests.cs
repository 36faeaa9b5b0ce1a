using System.Text.Json;

namespace Recommendation.Cli.Tests;

public sealed class SettingsCommandTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Show_says_each_value_and_where_it_is_from()
    {
        var file = _folder.Write(
            "own.json",
            """{ "serving": { "storedItems": 40 }, "events": { "types": { "purchase": { "weight": 9 } } } }"""
        );

        var result = await CommandLineProgram.RecommendAsync(
            "settings",
            "show",
            "--settings",
            file,
            "--json",
            "--data",
            _folder.Data
        );

        Assert.Equal(0, result.ExitCode);
        var settings = JsonDocument
            .Parse(result.Output)
            .RootElement.GetProperty("settings")
            .EnumerateArray()
            .ToDictionary(
                one => one.GetProperty("path").GetString()!,
                one => (one.GetProperty("value").GetString(), one.GetProperty("from").GetString())
            );
        Assert.Equal(("40", "file"), settings["serving.storedItems"]);
        Assert.Equal(("9", "file"), settings["events.types.purchase.weight"]);
        Assert.Equal(("true", "default"), settings["events.types.purchase.hides"]);
        Assert.Equal(("50", "default"), settings["profiles.recentInteractions"]);
    }

    [Fact]
    public async Task Check_names_every_problem_and_fails()
    {
        var file = _folder.Write(
            "own.json",
            """{ "serving": { "storedItem": 40, "repeats": "often" }, "modell": { "rank": 3 } }"""
        );

        var result = await CommandLineProgram.RecommendAsync("settings", "check", file);
        var json = await CommandLineProgram.RecommendAsync("settings", "check", file, "--json");

        Assert.Equal((1, 1), (result.ExitCode, json.ExitCode));
        var problems = JsonDocument
            .Parse(json.Output)
            .RootElement.GetProperty("problems")
            .EnumerateArray()
            .Select(one => one.GetString()!)
            .ToList();
        Assert.Equal(3, problems.Count);
        Assert.Contains("There is no setting 'serving.storedItem'; did you mean 'storedItems'?", problems);

        Assert.Equal(
            0,
            (await CommandLineProgram.RecommendAsync("settings", "check", _folder.Write("good.json", "{}"))).ExitCode
        );
        Assert.Equal(
            1,
            (await CommandLineProgram.RecommendAsync("settings", "check", _folder.PathOf("missing.json"))).ExitCode
        );
    }

    [Fact]
    public async Task Every_command_reads_the_settings_and_refuses_wrong_ones()
    {
        var events = _folder.Write(
            "events.jsonl",
            """{"userId":"ann","itemId":"tea","interactionType":"listened","timestamp":"2026-01-31T12:00:00Z"}"""
        );
        var named = _folder.Write(
            "named.json",
            """{ "events": { "types": { "listen": { "weight": 2, "aliases": ["listened"] } } } }"""
        );
        var wrong = _folder.Write("wrong.json", """{ "events": { "types": { "listen": { "wieght": 2 } } } }""");

        var refused = await CommandLineProgram.RecommendAsync(
            "ingest",
            events,
            "--data",
            _folder.Data,
            "--settings",
            wrong
        );
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("did you mean 'weight'?", refused.Errors, StringComparison.Ordinal);
        var ingested = await CommandLineProgram.RecommendAsync(
            "ingest",
            events,
            "--data",
            _folder.Data,
            "--settings",
            named,
            "--json"
        );
        Assert.Empty(JsonDocument.Parse(ingested.Output).RootElement.GetProperty("unnamedTypes").EnumerateObject());
        var profile = await CommandLineProgram.RecommendAsync("profile", "ann", "--data", _folder.Data, "--json");
        Assert.Contains("\"listen\"", profile.Output, StringComparison.Ordinal);
    }
}
