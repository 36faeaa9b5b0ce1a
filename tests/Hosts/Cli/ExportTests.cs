using System.Text.Json;
using Recommendation.Import;

namespace Recommendation.Cli.Tests;

/// <summary>What goes in comes out again, in every format.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("jsonl")]
    [InlineData("csv")]
    [InlineData("parquet")]
    public async Task Interactions_that_are_exported_are_known_when_they_are_ingested(string format)
    {
        await GivenAsync();
        var path = _folder.PathOf($"all.{format}");
        await RunAsync("export", "interactions", "--format", format, "--output", path);

        var check = await JsonAsync("ingest", path, "--check");
        Assert.Equal(
            (format, 4, 4),
            (
                check.GetProperty("format").GetString(),
                check.GetProperty("usable").GetInt32(),
                check.GetProperty("rows").GetInt32()
            )
        );
        var again = await JsonAsync("ingest", path);
        Assert.Equal((0, 4), (again.GetProperty("appended").GetInt32(), again.GetProperty("duplicates").GetInt32()));
    }

    [Fact]
    public async Task A_run_leaves_its_lists_as_Parquet_and_an_erasure_reaches_them()
    {
        await GivenAsync();
        var run = (await JsonAsync("batch", "run")).GetProperty("runId").GetString()!;
        var lists = Path.Combine(_folder.Data, "batch-results", "2026-03-14", run, "lists", "000000.parquet");
        Assert.Equal(["ann", "bob"], Users(lists));

        await RunAsync("forget", "ann", "--yes");
        Assert.Equal(["bob"], Users(lists));

        var exported = _folder.PathOf("lists.csv");
        await RunAsync("export", "recommendations", "--format", "csv", "-o", exported);
        Assert.Equal(["bob"], Users(exported));
        Assert.StartsWith("userId,rank,itemId,score,", await File.ReadAllTextAsync(exported), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_told_in_a_sentence()
    {
        await GivenAsync();
        var refused = await CommandLineProgram.RecommendAsync(
            "export",
            "profiles",
            "--data",
            _folder.Data,
            "-o",
            "/no/such/folder/x.csv"
        );
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("'/no/such/folder/x.csv' can't be written", refused.Errors, StringComparison.Ordinal);
    }

    private async Task GivenAsync()
    {
        var file = _folder.Write(
            "events.csv",
            "userId,itemId,interactionType,timestamp\n"
                + "ann,tea,purchase,2026-03-14T08:00:00Z\nann,jam,view,2026-03-14T08:01:00Z\nbob,tea,purchase,2026-03-14T09:00:00Z\nbob,pot,like,2026-03-14T10:00:00Z\n"
        );
        await RunAsync("ingest", file);
    }

    private static string[] Users(string path)
    {
        using var file = InteractionFile.Open(path);
        return
        [
            .. file.Rows(CancellationToken.None)
                .Select(row => row.Event.UserId!)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    private async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        using var document = JsonDocument.Parse((await RunAsync([.. arguments, "--json"])).Output);
        return document.RootElement.Clone();
    }

    private async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        var result = await CommandLineProgram.RecommendAsync([
            .. arguments,
            "--data",
            _folder.Data,
            "--as-of",
            "2026-03-14T12:00:00Z",
        ]);
        Assert.True(result.ExitCode == 0, result.Errors + result.Output);
        return result;
    }
}
