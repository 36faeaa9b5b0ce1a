using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Recommendation.Cli.Tests;

/// <summary>Whatever a file holds, the good rows are ingested and each bad one is named with a reason.</summary>
public sealed class MalformedInputTests : IDisposable
{
    private const string Good = """{"userId":"ann","itemId":"tea","timestamp":"2026-01-31T12:00:00Z"}""";

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("broken JSON", """{"userId":"ann",""", "malformed")]
    [InlineData("not JSON at all", "hello", "malformed")]
    [InlineData("no user", """{"itemId":"tea"}""", "invalid-user")]
    [InlineData("no item", """{"userId":"ann"}""", "invalid-item")]
    [InlineData("a control character", """{"userId":"a\u0007b","itemId":"tea"}""", "invalid-user")]
    [InlineData(
        "a year far ahead",
        """{"userId":"ann","itemId":"tea","timestamp":"2999-01-01T00:00:00Z"}""",
        "invalid-time"
    )]
    [InlineData(
        "seconds for milliseconds",
        """{"userId":"ann","itemId":"tea","timestamp":1760000000}""",
        "invalid-time"
    )]
    [InlineData("a value that is no number", """{"userId":"ann","itemId":"tea","value":"NaN"}""", "invalid-value")]
    [InlineData("a type that is none", """{"userId":"ann","itemId":"tea","interactionType":"!"}""", "invalid-type")]
    public async Task A_bad_line_is_quarantined_with_its_reason_and_the_rest_is_ingested(
        string what,
        string line,
        string reason
    )
    {
        var ingested = await IngestAsync(_folder.Write("events.jsonl", $"{Good}\n{line}\n{Good}\n"));
        Assert.True(ingested.GetProperty("appended").GetInt32() == 2, what);
        Assert.Equal(1, ingested.GetProperty("rejected").GetInt32());

        var records = (await JsonAsync("quarantine", "list")).GetProperty("records");
        var record = Assert.Single(records.EnumerateArray());
        Assert.Equal(reason, record.GetProperty("reason").GetString());
        Assert.Equal(line, record.GetProperty("raw").GetString());
        Assert.EndsWith(":2:0", record.GetProperty("position").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Types_that_are_not_named_are_ingested_and_reported_by_name()
    {
        var lines = new[] { "listened", "listened", "shared", "add_to_cart", "view" }.Select(
            (type, n) =>
                $$"""{"userId":"ann","itemId":"tea{{n}}","interactionType":"{{type}}","timestamp":"2026-01-31T12:00:00Z"}"""
        );
        var file = _folder.Write("events.jsonl", string.Join('\n', lines));

        var ingested = await IngestAsync(file);

        Assert.Equal(5, ingested.GetProperty("counted").GetInt32());
        var types = ingested.GetProperty("unnamedTypes");
        Assert.Equal((2, 1), (types.GetProperty("listened").GetInt32(), types.GetProperty("shared").GetInt32()));
        Assert.Equal(2, types.EnumerateObject().Count());
        Assert.Empty((await IngestAsync(file)).GetProperty("unnamedTypes").EnumerateObject());
    }

    [Fact]
    public async Task A_file_of_which_every_row_is_rejected_exits_1_and_one_good_row_is_enough_for_0()
    {
        var bad = _folder.Write("bad.jsonl", "{}\n{}\n");
        var good = _folder.Write("good.jsonl", "{}\n" + $"{Good}\n");

        foreach (var (path, exit) in new[] { (bad, 1), (bad, 1), (good, 0), (good, 0) })
            Assert.Equal(
                exit,
                (await CommandLineProgram.RecommendAsync("ingest", path, "--data", _folder.Data, "--json")).ExitCode
            );
    }

    [Fact]
    public async Task An_id_of_300_bytes_is_quarantined()
    {
        var line = $$"""{"userId":"{{new string('u', 300)}}","itemId":"tea"}""";
        await IngestAsync(_folder.Write("events.jsonl", $"{Good}\n{line}\n"));
        var record = Assert.Single((await JsonAsync("quarantine", "list")).GetProperty("records").EnumerateArray());
        Assert.Contains("300 bytes", record.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_100_megabytes_is_quarantined_as_too_large_and_the_rest_is_ingested()
    {
        var path = _folder.PathOf("huge.jsonl");
        await using (var writer = new StreamWriter(path))
        {
            await writer.WriteAsync(Good + "\n{\"userId\":\"");
            var megabyte = new string('x', 1 << 20);
            for (var n = 0; n < 100; n++)
                await writer.WriteAsync(megabyte);
            await writer.WriteAsync("\"}\n" + Good + "\n");
        }
        var ingested = await IngestAsync(path);
        Assert.Equal(2, ingested.GetProperty("appended").GetInt32());
        Assert.Equal("too-large", ingested.GetProperty("examples")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Ingesting_a_bad_line_again_adds_nothing_to_quarantine()
    {
        var file = _folder.Write("events.jsonl", $"{Good}\nhello\n");
        await IngestAsync(file);
        var again = await IngestAsync(file);
        Assert.Equal(0, again.GetProperty("appended").GetInt32());
        Assert.Equal(1, again.GetProperty("duplicates").GetInt32());
        Assert.Single((await JsonAsync("quarantine", "list")).GetProperty("records").EnumerateArray());
    }

    [Theory]
    [InlineData("missing.jsonl", null, "There is no file")]
    [InlineData("empty.jsonl", "", "empty")]
    [InlineData("binary.bin", "\u0000\u0001\u0002\u0003ELF\u0000\u0000", "binary")]
    [InlineData("other.csv", "colour,size\nred,1\n", "userId")]
    public async Task A_file_that_can_not_be_read_is_one_plain_sentence(string name, string? content, string expected)
    {
        var path = content is null ? _folder.PathOf(name) : _folder.Write(name, content);
        var result = await CommandLineProgram.RecommendAsync("ingest", path, "--data", _folder.Data);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains(expected, result.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gzip_file_cut_short_keeps_the_rows_before_the_cut_and_says_so()
    {
        var path = _folder.PathOf("cut.jsonl.gz");
        WriteGzip(path, lines: 5000);
        using (var file = File.OpenWrite(path))
            file.SetLength(file.Length - 20);
        var result = await CommandLineProgram.RecommendAsync("ingest", path, "--data", _folder.Data);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cut short", result.Errors, StringComparison.Ordinal);
        var profile = await JsonAsync("profile", "ann");
        Assert.InRange(profile.GetProperty("interactionCount").GetInt32(), 1, 5000);
    }

    [Fact]
    public async Task A_csv_row_is_quarantined_as_the_event_it_is_and_can_be_redriven()
    {
        var ahead = TimeProvider
            .System.GetUtcNow()
            .AddDays(1)
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        await IngestAsync(
            _folder.Write(
                "events.csv",
                $"userId,itemId,interactionType,timestamp\nann,tea,view,{ahead}\nbob,tea,view,2026-01-31T12:00:00Z\n"
            )
        );
        var early = await JsonAsync("quarantine", "redrive");
        Assert.Equal(
            "invalid-time",
            Assert.Single(early.GetProperty("stillRejected").EnumerateArray()).GetProperty("reason").GetString()
        );

        var later = TimeProvider
            .System.GetUtcNow()
            .AddDays(2)
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var redriven = await JsonAsync("quarantine", "redrive", "--as-of", later);
        Assert.Equal(1, redriven.GetProperty("appended").GetInt32());
        Assert.Equal(
            0,
            (await JsonAsync("quarantine", "redrive", "--as-of", later)).GetProperty("appended").GetInt32()
        );
        Assert.Equal(1, (await JsonAsync("profile", "ann")).GetProperty("interactionCount").GetInt32());
    }

    private static void WriteGzip(string path, int lines)
    {
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        for (var n = 0; n < lines; n++)
            gzip.Write(
                Encoding.UTF8.GetBytes(
                    $$"""{"userId":"ann","itemId":"i{{n * 7919}}","timestamp":{{1_760_000_000_000 + n}}}""" + "\n"
                )
            );
    }

    private Task<JsonElement> IngestAsync(string path) => JsonAsync("ingest", path);

    private async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var result = await CommandLineProgram.RecommendAsync([.. arguments, "--data", _folder.Data, "--json"]);
        Assert.Equal("", result.Errors);
        Assert.Equal(0, result.ExitCode);
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
