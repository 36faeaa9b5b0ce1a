using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Recommendation.AdminApi.Tests.Given;

namespace Recommendation.Cli.Tests;

/// <summary>
/// An erasure whose process is killed at any point is finished by whoever comes next, and leaves nothing.
/// </summary>
public sealed class KilledErasureTests
{
    private const int Rounds = 8;
    private const string User = "canary-user-5c21";
    private const string Event = "canary-event-5c21";
    private const string Text = "canary-text-5c21";

    [Fact]
    public async Task An_erasure_killed_at_random_points_is_finished_by_a_resume_or_a_server_and_leaves_no_byte()
    {
        using var folder = new DataFolder();
        await FillAsync(folder);
        foreach (var planted in (string[])[User, Event, Text])
            Assert.NotEmpty(FilesThatHold(folder.Data, planted));
        var (random, interrupted) = (new Random(11), 0);
        for (var round = 0; round < Rounds; round++)
        {
            var data = Copy(folder.Data, folder.PathOf($"round-{round}"));
            await KillAsync(data, random);
            var erasures = await ErasuresAsync(data);
            if (erasures.Count == 0)
            {
                // Nothing was stored of the request, so nothing was erased.
                Assert.Equal(0, (await RunAsync(data, "profile", User)).ExitCode);
                Assert.Equal(0, (await RunAsync(data, "forget", User, "--yes")).ExitCode);
            }
            else if (StateOf(erasures[0]) is "erasing")
            {
                interrupted++;
                await (round % 2 == 0 ? ResumeAsync(data) : ServeAsync(data));
            }
            await AssertErasedAsync(folder, data, round);
        }
        Assert.True(interrupted > 0, "No erasure was killed in the middle; give it more events.");
    }

    private static async Task FillAsync(DataFolder folder)
    {
        var lines = new StringBuilder();
        for (var n = 0; n < 20_000; n++)
            lines
                .Append(
                    CultureInfo.InvariantCulture,
                    $$"""{"userId":"{{User}}","itemId":"i{{n % 3000}}","eventId":"{{Event}}-{{n}}"}"""
                )
                .Append('\n');
        for (var n = 0; n < 500; n++)
            lines
                .Append(
                    CultureInfo.InvariantCulture,
                    $$"""{"userId":"u{{n % 50}}","itemId":"i{{n % 20}}","eventId":"e{{n}}"}"""
                )
                .Append('\n');
        // Rejected: of the user, and of nobody, since the row breaks off.
        lines
            .Append(CultureInfo.InvariantCulture, $$"""{"userId":"{{User}}","itemId":"","note":"{{Text}}"}""")
            .Append('\n');
        lines.Append(CultureInfo.InvariantCulture, $$"""{"userId":"{{User}}","note":"{{Text}}",""").Append('\n');
        var file = folder.Write("events.jsonl", lines.ToString());
        Assert.Equal(0, (await RunAsync(folder.Data, "ingest", file)).ExitCode);
        Assert.Equal(0, (await RunAsync(folder.Data, "batch", "run")).ExitCode);
    }

    /// <summary>Kills the process at some time after it has begun to write.</summary>
    private static async Task KillAsync(string data, Random random)
    {
        using var process = CommandLineProgram.Start("recommend", "forget", User, "--yes", "--data", data);
        var log = new FileInfo(Path.Combine(data, "recommendation.db-wal"));
        while (!process.HasExited && log is not { Exists: true, Length: > 0 })
        {
            await Task.Delay(1);
            log.Refresh();
        }
        await Task.Delay(random.Next(0, 400));
        process.Kill(); // SIGKILL: nothing is flushed, nothing is closed.
        await process.WaitForExitAsync();
    }

    private static async Task ResumeAsync(string data)
    {
        var resumed = await RunAsync(data, "forget", "--resume");
        Assert.True(resumed.ExitCode == 0, resumed.Errors);
    }

    /// <summary>A server continues it without being told.</summary>
    private static async Task ServeAsync(string data)
    {
        using var server = CommandLineProgram.Start(
            "recommend",
            "serve",
            "--urls",
            "http://127.0.0.1:0",
            "--data",
            data
        );
        try
        {
            var begun = Stopwatch.GetTimestamp();
            while (StateOf((await ErasuresAsync(data))[0]) is "erasing")
                Assert.True(
                    Stopwatch.GetElapsedTime(begun) < TimeSpan.FromMinutes(2),
                    "The server did not finish the erasure."
                );
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static async Task AssertErasedAsync(DataFolder folder, string data, int round)
    {
        var erasure = Assert.Single(await ErasuresAsync(data));
        Assert.Equal("finished", StateOf(erasure));
        Assert.True(erasure.GetProperty("found").GetBoolean());
        var receipt = folder.Write($"receipt-{round}.json", erasure.GetProperty("receipt").GetRawText());
        Assert.Equal(0, (await RunAsync(data, "receipt", "verify", receipt)).ExitCode);
        Assert.Equal(1, (await RunAsync(data, "profile", User)).ExitCode);
        Assert.Equal(0, (await RunAsync(data, "profile", "u1")).ExitCode);
        // What is kept on purpose is two rows: without them, nothing is left.
        SQLitePCL.Batteries_V2.Init();
        KeptRows.Delete(data, User);
        foreach (var planted in (string[])[User, Event, Text])
            Assert.Empty(FilesThatHold(data, planted));
    }

    private static async Task<List<JsonElement>> ErasuresAsync(string data)
    {
        var status = await RunAsync(data, "forget", User, "--status", "--json");
        Assert.True(status.ExitCode == 0, status.Errors);
        return [.. JsonDocument.Parse(status.Output).RootElement.GetProperty("erasures").EnumerateArray()];
    }

    private static string? StateOf(JsonElement erasure) => erasure.GetProperty("state").GetString();

    private static Task<ProgramResult> RunAsync(string data, params string[] arguments) =>
        CommandLineProgram.RecommendAsync([.. arguments, "--data", data]);

    private static string Copy(string from, string to)
    {
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
        return to;
    }

    private static List<string> FilesThatHold(string folder, string text)
    {
        var wanted = Encoding.UTF8.GetBytes(text);
        return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => File.ReadAllBytes(path).AsSpan().IndexOf(wanted) >= 0)];
    }
}
