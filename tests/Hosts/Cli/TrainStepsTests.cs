using System.Text.Json;

namespace Recommendation.Cli.Tests;

/// <summary>A training in steps, with processes as a scheduler would start them.</summary>
public sealed class TrainStepsTests
{
    private const string Time = "2010-12-20T18:00:00Z";

    [Fact]
    public async Task Seven_workers_some_of_them_killed_give_the_bytes_of_one()
    {
        using var folder = new DataFolder();
        await HistoriesAsync(folder);
        await PlanAsync(folder, "one");
        await DoneAsync(folder, "train", "rows", Histories(folder), "--folder", folder.PathOf("one"), "--part", "0/1");
        var expected = await MergedAsync(folder, "one");

        await PlanAsync(folder, "many");
        var random = new Random(4);
        var killed = 0;
        for (var round = 0; killed < 3; round++)
        {
            Assert.True(round < 30, "Workers end before they can be killed; give them more to do.");
            killed += await KilledAsync(folder, random.Next(6), random) ? 1 : 0;
        }
        var incomplete = await CommandLineProgram.RecommendAsync(
            "train", "merge", Histories(folder), "--folder", folder.PathOf("many"), "--data", folder.Data);
        Assert.Equal(1, incomplete.ExitCode);
        Assert.Contains("recommend train rows --rows", incomplete.Errors, StringComparison.Ordinal);

        // Two at a time, as on two machines.
        await Parallel.ForAsync(0, 7, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (part, _) =>
            await DoneAsync(
                folder, "train", "rows", Histories(folder), "--folder", folder.PathOf("many"), "--part", $"{part}/7"));

        Assert.Equal(expected, await MergedAsync(folder, "many"));
        Assert.False(Directory.Exists(folder.Data), "A worker needs no data folder, and makes none.");
    }

    [Fact]
    public async Task A_merged_model_is_published_through_the_gate()
    {
        using var folder = new DataFolder();
        Assert.Equal(
            0, (await CommandLineProgram.RecommendAsync("demo", "--data", folder.Data, "--json")).ExitCode);
        await DoneAsync(folder, "histories", "write", Histories(folder));
        await PlanAsync(folder, "shared", "2010-12-16T15:45:00Z");
        foreach (var part in (string[])["0/2", "1/2"])
            await DoneAsync(
                folder, "train", "rows", Histories(folder), "--folder", folder.PathOf("shared"), "--part", part);
        await MergedAsync(folder, "shared");

        var gated = await DoneAsync(
            folder, "models", "gate", "--artefact", folder.PathOf("shared.tar.gz"), "--as-of", Time);

        Assert.True(gated.GetProperty("gate").GetProperty("passed").GetBoolean(), gated.ToString());
        Assert.True(gated.GetProperty("metrics").GetProperty("ndcg@10").GetDouble() > 0.03);
    }

    [Theory]
    [InlineData(2, "--part", "4/4")]
    [InlineData(2, "--part", "1")]
    [InlineData(2, "--part", "-1/4")]
    [InlineData(2, "--rows", "5..5")]
    [InlineData(2, "--rows", "a..b")]
    [InlineData(1, "--rows", "1..2")]
    public async Task Wrong_parts_and_missing_files_are_refused_in_one_sentence(
        int exitCode,
        string option,
        string value
    )
    {
        using var folder = new DataFolder();

        var result = await CommandLineProgram.RecommendAsync(
            "train", "rows", Histories(folder), "--folder", folder.PathOf("none"), option, value, "--data",
            folder.Data);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
        Assert.DoesNotContain("defect", result.Errors, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    private static string Histories(DataFolder folder) => folder.PathOf("histories.hist");

    /// <summary>The shop of the demo, without a data folder.</summary>
    private static Task HistoriesAsync(DataFolder folder) => DoneAsync(
        folder, "histories", "write", Histories(folder), "--format", "online-retail", "--from",
        Path.Combine(AppContext.BaseDirectory, "samples", "online-retail-2010-12.csv.gz"));

    private static Task PlanAsync(DataFolder folder, string shared, string asOf = Time) => DoneAsync(
        folder, "train", "plan", Histories(folder), "--folder", folder.PathOf(shared), "--fast", "--as-of", asOf);

    private static async Task<byte[]> MergedAsync(DataFolder folder, string shared)
    {
        var path = folder.PathOf($"{shared}.tar.gz");
        var answer = await DoneAsync(
            folder, "train", "merge", Histories(folder), "--folder", folder.PathOf(shared), "--to", path);
        Assert.Equal(path, answer.GetProperty("file").GetString());
        return await File.ReadAllBytesAsync(path);
    }

    /// <returns>Whether the process was still at work when it was killed.</returns>
    private static async Task<bool> KilledAsync(DataFolder folder, int part, Random random)
    {
        using var process = CommandLineProgram.Start(
            "recommend", "train", "rows", Histories(folder), "--folder", folder.PathOf("many"), "--part", $"{part}/7",
            "--data", folder.Data);
        await Task.Delay(random.Next(150, 700));
        if (process.HasExited)
            return false;
        process.Kill(); // SIGKILL: nothing is closed
        await process.WaitForExitAsync();
        return process.ExitCode == 128 + 9;
    }

    private static async Task<JsonElement> DoneAsync(DataFolder folder, params string[] arguments)
    {
        var result = await CommandLineProgram.RecommendAsync([.. arguments, "--data", folder.Data, "--json"]);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}: {result.Errors}");
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
