using System.Text.Json;

namespace Recommendation.Cli.Tests;

/// <summary>Feedback that comes in files counts as feedback that the API takes.</summary>
public sealed class FeedbackFileTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("jsonl")]
    [InlineData("csv")]
    [InlineData("parquet")]
    public async Task Exported_feedback_has_the_same_metrics_where_it_is_ingested(string format)
    {
        var settings = _folder.Write("own.json", """{"events":{"types":{"purchase":{"revenue":true}}}}""");
        await RunAsync(_folder.Data, "ingest", _folder.Write(
            "events.csv", "userId,itemId,interactionType,timestamp\nann,tea,view,2026-03-14T08:00:00Z\n"));
        var list = await JsonAsync(_folder.Data, "recommend", "bob");
        var id = list.GetProperty("recommendationId").GetString()!;
        var other = _folder.PathOf("other");
        Copy(_folder.Data, other);
        await RunAsync(_folder.Data, "ingest", _folder.Write(
            "feedback.csv",
            "userId,itemId,interactionType,timestamp,value,currency,recommendation_id\n"
                + $"bob,tea,impression,2026-03-14T09:00:00Z,,,{id}\n"
                + $"bob,tea,click,2026-03-14T09:01:00Z,,,{id}\n"
                + $"bob,tea,purchase,2026-03-14T09:02:00Z,12.35,eur,{id}\n"
                + $"bob,tea,purchase,2026-03-14T09:03:00Z,0.4,,\n"
                + "bob,jam,purchase,2026-03-14T09:04:00Z,7,USD,changed\n"));

        var exported = _folder.PathOf($"all.{format}");
        await RunAsync(_folder.Data, "export", "interactions", "--format", format, "--output", exported);
        await RunAsync(other, "ingest", exported);

        string[] metrics = ["metrics", "--by", "source,type", "--settings", settings];
        var (here, there) = (await JsonAsync(_folder.Data, metrics), await JsonAsync(other, metrics));
        Assert.Equal(here.GetRawText(), there.GetRawText());
        var bought = here.GetProperty("rows").EnumerateArray().Single(row =>
            row.GetProperty("type").GetString() == "purchase" && row.GetProperty("source").GetString() is not null);
        // The purchase without an id is attributed to the click before it.
        Assert.Equal(2, bought.GetProperty("conversions").GetInt32());
        Assert.Equal(
            ["EUR 12.35", "none 0.4"],
            bought.GetProperty("revenue").EnumerateArray().Select(one =>
                $"{one.GetProperty("currency").GetString()} {one.GetProperty("amount").GetRawText()}"));
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static async Task<JsonElement> JsonAsync(string data, params string[] arguments)
    {
        using var document = JsonDocument.Parse(await RunAsync(data, [.. arguments, "--json"]));
        return document.RootElement.Clone();
    }

    private static async Task<string> RunAsync(string data, params string[] arguments)
    {
        var result = await CommandLineProgram.RecommendAsync(
            [.. arguments, "--data", data, "--as-of", "2026-03-14T12:00:00Z"]);
        Assert.True(result.ExitCode == 0, result.Errors + result.Output);
        return result.Output;
    }
}
