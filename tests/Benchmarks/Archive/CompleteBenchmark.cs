using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Batches;
using Recommendation.Application.Ports;
using Recommendation.Aws;
using Recommendation.Domain.Batches;
using Recommendation.Emulators;

namespace Recommendation.Benchmarks.Archive;

/// <summary>
/// Completes a run of very many segments in processes that are killed, until one ends; the sums must be
/// those of the segments.
/// </summary>
internal static class CompleteBenchmark
{
    private const int UsersOfSegment = 2000;

    private static readonly BatchRunId s_run = BatchRunId.Parse("large");
    private static readonly Option<int> s_segments = new("--segments") { DefaultValueFactory = _ => 100_000 };
    private static readonly Option<int> s_kills = new("--kills") { DefaultValueFactory = _ => 10 };

    internal static Command Create()
    {
        var command = new Command("complete", "Complete a run of many segments, with kills.\n\nExample: complete "
            + "--segments 100000 --kills 10") { s_segments, s_kills };
        command.SetAction(async (parse, cancellationToken) =>
        {
            Console.WriteLine(JsonSerializer.Serialize(await RunAsync(parse.GetValue(s_segments),
                parse.GetValue(s_kills), cancellationToken)));
            return 0;
        });
        return command;
    }

    internal static Command CreateStep()
    {
        var command = new Command(
            "complete-step",
            "Complete the run once; called by complete.\n\nExample: complete-step"
        );
        command.SetAction(
            async (_, cancellationToken) =>
            {
                await using var provider = Services();
                await using var scope = provider.CreateAsyncScope();
                var run = await scope
                    .ServiceProvider.GetRequiredService<IMediator>()
                    .Send(new CompleteBatch(s_run), cancellationToken);
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{run.State} {run.Counts.Active} {run.Counts.Failed} {run.Recommendations}"
                    )
                );
                return 0;
            }
        );
        return command;
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddRecommendation().UseAws(AwsFeatures.Table | AwsFeatures.Bucket, Environment.GetEnvironmentVariable);
        return services.BuildServiceProvider();
    }

    private static async Task<Dictionary<string, object>> RunAsync(
        int segments,
        int kills,
        CancellationToken cancellationToken
    )
    {
        var objects = new StubBucket("batch-runs/", "batch-results/", "batch-index/");
        await using var bucket = await FaultProxy.StartAsync(objects.Answer, (await EmulatorServers.RunningAsync()).S3);
        await ArchiveBenchmark.MakeBucketAsync(bucket.Url);
        var environment = ArchiveBenchmark.EnvironmentOf(new Uri("http://127.0.0.1:1"), bucket.Url);
        foreach (var (name, value) in environment)
            Environment.SetEnvironmentVariable(name, value);
        await GivenAsync(objects, segments, cancellationToken);
        objects.ResetCounts();
        var random = new Random(7);
        var timer = Stopwatch.StartNew();
        for (var kill = 0; kill < kills; kill++)
        {
            using var dies = Process.Start(OwnProcess.Of(environment, "complete-step"))!;
            // So far into its work, by what it has asked for.
            var until = objects.ObjectsRead + random.Next(segments / kills);
            while (objects.ObjectsRead < until && !dies.HasExited)
                await Task.Delay(1, cancellationToken);
            dies.Kill();
            await dies.WaitForExitAsync(cancellationToken);
        }
        var (killed, read) = (timer.Elapsed.TotalSeconds, objects.ObjectsRead);
        timer.Restart();
        using var last = Process.Start(OwnProcess.Of(environment, "complete-step"))!;
        var said = (await last.StandardOutput.ReadToEndAsync(cancellationToken)).Trim();
        var expected = string.Create(
            CultureInfo.InvariantCulture,
            $"Completed {(long)segments * UsersOfSegment} {segments} {100L * segments}"
        );
        return new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["verb"] = "complete",
            ["segments"] = segments,
            ["kills"] = kills,
            ["secondsUntilLastKill"] = Math.Round(killed, 1),
            ["readUntilLastKill"] = read,
            ["secondsOfLast"] = Math.Round(timer.Elapsed.TotalSeconds, 1),
            ["readByLast"] = objects.ObjectsRead - read,
            ["said"] = said,
            ["isRight"] = string.Equals(said, expected, StringComparison.Ordinal),
        };
    }

    /// <summary>A run that is ranking, and the results of its segments; each has one failed user.</summary>
    private static async Task GivenAsync(StubBucket objects, int segments, CancellationToken cancellationToken)
    {
        await using var provider = Services();
        var (runs, results) = (
            provider.GetRequiredService<IBatchRuns>(),
            provider.GetRequiredService<IBatchSegments>()
        );
        var run = BatchRun
            .Start(s_run, TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(30))
            .Planned(segments, segments * UsersOfSegment, model: null);
        await runs.SaveAsync(run, replaces: null, cancellationToken);
        await results.RecordAsync(
            s_run,
            new SegmentResult(0, new BatchCounts(UsersOfSegment - 1, 0, 1, 0), 100, "A user failed."),
            cancellationToken
        );
        var first = objects.Find("batch-runs/large/results/000000.json")!;
        for (var segment = 1; segment < segments; segment++)
            objects.Add(
                string.Create(CultureInfo.InvariantCulture, $"batch-runs/large/results/{segment:D6}.json"),
                Numbered(first, segment)
            );
    }

    private static byte[] Numbered(byte[] result, int segment)
    {
        var json = JsonNode.Parse(result)!;
        json["segment"] = segment;
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }
}
