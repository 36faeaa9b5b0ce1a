using System.Globalization;

namespace Recommendation.Cli.Tests;

public sealed class KilledIngestTests
{
    private const int Events = 30_000;
    private const int Users = 3_000;
    private const int Kills = 12;

    [Fact]
    public async Task An_ingest_killed_at_random_points_and_started_again_gives_the_profiles_of_a_clean_pass()
    {
        using var folder = new DataFolder();
        var file = WriteEvents(folder);
        var clean = await CleanPassAsync(folder, file);

        var killed = 0;
        var random = new Random(9);
        for (var round = 0; killed < Kills; round++)
        {
            var data = folder.PathOf($"killed-{round / 3}");
            if (await KillAsync(file, data, random))
                killed++;
            Assert.True(round < Kills * 10, "The ingest ends before it can be killed; give it more events.");
            if (round % 3 != 2)
                continue;
            Assert.Equal(0, (await CommandLineProgram.RecommendAsync("ingest", file, "--data", data)).ExitCode);
            Assert.Equal(clean, await ExportAsync(data));
        }
    }

    private static async Task<string[]> CleanPassAsync(DataFolder folder, string file)
    {
        var ingested = await CommandLineProgram.RecommendAsync("ingest", file, "--data", folder.Data);
        Assert.Equal("", ingested.Errors);
        Assert.Equal(0, ingested.ExitCode);
        var profiles = await ExportAsync(folder.Data);
        Assert.Equal(Users, profiles.Length);
        return profiles;
    }

    /// <returns>Whether the process was still at work when it was killed.</returns>
    private static async Task<bool> KillAsync(string file, string data, Random random)
    {
        using var process = CommandLineProgram.Start("recommend", "ingest", file, "--data", data);
        // From the moment the database is there, some time within the work that is left.
        while (!process.HasExited && !File.Exists(Path.Combine(data, "recommendation.db")))
            await Task.Delay(1);
        await Task.Delay(random.Next(0, 800));
        if (process.HasExited)
            return false;
        process.Kill(); // SIGKILL: nothing is flushed, nothing is closed
        await process.WaitForExitAsync();
        return process.ExitCode == 128 + 9;
    }

    private static async Task<string[]> ExportAsync(string data)
    {
        var exported = await CommandLineProgram.RecommendAsync("export", "profiles", "--data", data);
        Assert.Equal(0, exported.ExitCode);
        return [.. exported.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    /// <summary>Events without ids, so that the file's own lines must identify them; many share a time.</summary>
    private static string WriteEvents(DataFolder folder)
    {
        var path = folder.PathOf("events.jsonl");
        using var writer = new StreamWriter(path);
        var random = new Random(7);
        for (var n = 0; n < Events; n++)
        {
            var time = 1_760_000_000_000L + (n / 40 * 60_000L);
            writer.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"userId":"u{{n % Users}}","itemId":"i{{random.Next(500)}}","interactionType":"purchase","timestamp":{{time}}}"""
                )
            );
        }
        return path;
    }
}
