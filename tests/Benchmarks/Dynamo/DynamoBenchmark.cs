using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Recommendation.Domain.Interactions;

namespace Recommendation.Benchmarks.Dynamo;

/// <summary>
/// Events a second, calls, capacity and processor time of applying batches of 100, against one UpdateItem per event in
/// sequence. One batch is in flight, so that a number of shards is a number of such streams.
/// </summary>
internal static class DynamoBenchmark
{
    private static readonly Option<string> s_sample = new("--sample")
    {
        DefaultValueFactory = _ => "samples/online-retail-2010-12.csv.gz",
    };
    private static readonly Option<int> s_events = new("--events") { DefaultValueFactory = _ => 10_000 };
    private static readonly Option<int> s_reference = new("--reference-events")
    {
        DefaultValueFactory = _ => 600,
        Description = "Of the reference at 3 ms, and to warm it up.",
    };
    private static readonly Option<int> s_rounds = new("--rounds")
    {
        DefaultValueFactory = _ => 5,
        Description = "Both ways by turns so many times; the best round of each counts.",
    };

    internal static Command Create()
    {
        var command = new Command(
            "dynamo",
            "Apply events into DynamoDB and compare with one UpdateItem per event.\n\nExample: dynamo --events 10000"
        )
        {
            s_sample, s_events, s_reference, s_rounds,
        };
        command.SetAction(
            async (parse, cancellationToken) =>
            {
                using var stub = await StubProcess.StartAsync(cancellationToken);
                SetEnvironment(stub.Url);
                var events = parse.GetValue(s_events);
                var results = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["verb"] = "dynamo",
                    ["batch"] = DynamoWorkload.BatchSize,
                };
                foreach (
                    var (name, interactions) in new[]
                    {
                        ("sample", DynamoWorkload.Sample(parse.GetValue(s_sample)!, events)),
                        ("distinctUsers", DynamoWorkload.Distinct(events)),
                    }
                )
                    results[name] = await MeasureAsync(
                        stub,
                        interactions,
                        parse.GetValue(s_reference),
                        parse.GetValue(s_rounds),
                        cancellationToken
                    );
                Console.WriteLine(JsonSerializer.Serialize(results));
                return 0;
            }
        );
        return command;
    }

    private static async Task<Dictionary<string, object>> MeasureAsync(
        StubProcess stub,
        List<Interaction> interactions,
        int reference,
        int rounds,
        CancellationToken cancellationToken
    )
    {
        await using var applying = new ProfileWriter();
        using var updating = new ReferenceWriter();
        // The first run of each is for the compiler, and for the capacity, which takes the stub too long to count while
        // it is timed.
        await stub.ResetAsync(latency: 0, account: true, cancellationToken);
        await applying.WriteAsync(interactions, cancellationToken);
        var counts = await stub.CountsAsync(cancellationToken);
        await updating.WriteAsync(interactions.Take(reference), cancellationToken);

        var result = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["events"] = interactions.Count,
            ["callsPerEvent"] = Math.Round(counts["calls"] / interactions.Count, 4),
            ["writesPerEvent"] = Math.Round(counts["puts"] / interactions.Count, 4),
            ["readUnitsPerEvent"] = Math.Round(counts["readUnits"] / interactions.Count, 4),
            ["writeUnitsPerEvent"] = Math.Round(counts["writeUnits"] / interactions.Count, 4),
        };
        foreach (var latency in new[] { 3, 0 })
        {
            var (ours, theirs) = (Pace.Slowest, Pace.Slowest);
            // As many events as ours where a second is enough for them: the best of short rounds would be better for
            // being short.
            var referenceEvents = latency > 0 ? reference : interactions.Count;
            for (var round = 0; round < rounds; round++)
            {
                await stub.ResetAsync(latency, account: false, cancellationToken);
                ours = ours.Or(
                    await TimeAsync(interactions.Count, () => applying.WriteAsync(interactions, cancellationToken))
                );
                await stub.ResetAsync(latency, account: false, cancellationToken);
                theirs = theirs.Or(
                    await TimeAsync(
                        referenceEvents,
                        () => updating.WriteAsync(interactions.Take(referenceEvents), cancellationToken)
                    )
                );
            }
            result[FormattableString.Invariant($"latency{latency}ms")] = new Dictionary<string, double>(
                StringComparer.Ordinal
            )
            {
                ["eventsPerSecond"] = Math.Round(ours.PerSecond),
                ["referenceEventsPerSecond"] = Math.Round(theirs.PerSecond),
                ["times"] = Math.Round(ours.PerSecond / theirs.PerSecond, 1),
                ["cpuMicrosecondsPerEvent"] = Math.Round(ours.CpuMicroseconds, 1),
                ["cpuMicrosecondsPerWrite"] = Math.Round(ours.CpuMicroseconds * interactions.Count / counts["puts"], 1),
                ["referenceCpuMicrosecondsPerEvent"] = Math.Round(theirs.CpuMicroseconds, 1),
            };
        }
        return result;
    }

    private static async Task<Pace> TimeAsync(int events, Func<Task> run)
    {
        using var process = Process.GetCurrentProcess();
        var (started, cpu) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
        await run();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.Refresh();
        return new Pace(events / seconds, (process.TotalProcessorTime - cpu).TotalMicroseconds / events);
    }

    /// <summary>The SDK's own variables, as anybody would point it at a server of one's own.</summary>
    internal static void SetEnvironment(Uri stub)
    {
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_DYNAMODB", stub.ToString());
        Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "benchmark");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "benchmark");
    }

    /// <summary>
    /// How fast and how cheap a run was; the best of several is what the machine's other work disturbed least.
    /// </summary>
    private readonly record struct Pace(double PerSecond, double CpuMicroseconds)
    {
        internal static readonly Pace Slowest = new(0, double.MaxValue);

        internal Pace Or(Pace other) =>
            new(Math.Max(PerSecond, other.PerSecond), Math.Min(CpuMicroseconds, other.CpuMicroseconds));
    }
}
