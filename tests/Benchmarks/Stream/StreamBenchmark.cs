using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Benchmarks.Dynamo;
using Recommendation.Lambda.Logging;
using Recommendation.Lambda.Metrics;
using Recommendation.StreamProcessor;

namespace Recommendation.Benchmarks.Stream;

/// <summary>
/// Processor time of the stream function's handler, from the event's JSON to the answer's, over a table that answers
/// after 3 ms: the sample in its own order, and the least favourable order, in which every event of a
/// batch is another user's.
/// </summary>
internal static class StreamBenchmark
{
    private const int Latency = 3;

    private static readonly Option<string> s_sample = new("--sample")
    {
        DefaultValueFactory = _ => "samples/online-retail-2010-12.csv.gz",
    };
    private static readonly Option<int> s_events = new("--events") { DefaultValueFactory = _ => 20_000 };
    private static readonly Option<int> s_rounds = new("--rounds")
    {
        DefaultValueFactory = _ => 20,
        Description = "The best of so many rounds counts; the first ones run beside the compiler.",
    };

    internal static Command Create()
    {
        var command = new Command("stream", "Handle batches of the stream as the function does.\n\nExample: stream "
            + "--events 20000") { s_sample, s_events, s_rounds };
        command.SetAction(async (parse, cancellationToken) =>
        {
            using var stub = await StubProcess.StartAsync(cancellationToken);
            DynamoBenchmark.SetEnvironment(stub.Url);
            var (events, rounds) = (parse.GetValue(s_events), parse.GetValue(s_rounds));
            var sample = DynamoWorkload.Sample(parse.GetValue(s_sample)!, events);
            var result = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["verb"] = "stream",
                ["latencyMilliseconds"] = Latency
            };
            foreach (var (name, interactions, batch) in new[]
            {
                ("sample100", sample, 100), ("sample1000", sample, 1_000), ("distinctUsers100",
                    DynamoWorkload.Distinct(events), 100),
            })
                result[name] = await MeasureAsync(stub, StreamWorkload.Batches(interactions, batch),
                    interactions.Count, rounds, cancellationToken);
            Console.WriteLine(JsonSerializer.Serialize(result));
            return 0;
        });
        return command;
    }

    private static async Task<Dictionary<string, object>> MeasureAsync(
        StubProcess stub, List<byte[]> batches, int events, int rounds, CancellationToken cancellationToken)
    {
        await using var function = NewFunction();
        await function.InitializeAsync();
        var (cpu, seconds, allocated) = (double.MaxValue, double.MaxValue, 0L);
        // The first round is for the compiler.
        for (var round = 0; round <= rounds; round++)
        {
            await stub.ResetAsync(round == 0 ? 0 : Latency, account: false, cancellationToken);
            using var process = Process.GetCurrentProcess();
            var (started, before, bytes) = (
                Stopwatch.GetTimestamp(),
                process.TotalProcessorTime,
                GC.GetTotalAllocatedBytes()
            );
            foreach (var batch in batches)
                await InvokeAsync(function, batch);
            var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
            process.Refresh();
            if (round == 0)
                continue;
            cpu = Math.Min(cpu, (process.TotalProcessorTime - before).TotalMicroseconds / events);
            seconds = Math.Min(seconds, took);
            allocated = (GC.GetTotalAllocatedBytes() - bytes) / events;
        }
        return new(StringComparer.Ordinal)
        {
            ["events"] = events,
            ["cpuMicrosecondsPerEvent"] = Math.Round(cpu, 1),
            ["eventsPerSecondOfOneShard"] = Math.Round(events / seconds),
            ["bytesAllocatedPerEvent"] = allocated,
        };
    }

    internal static StreamFunction NewFunction() =>
        new(services =>
        {
            services.AddStreamProcessor(name =>
                name switch
                {
                    "TABLE_NAME" or "BUCKET_NAME" => "benchmark",
                    "LOG_LEVEL" => "Warning",
                    _ => null,
                }
            );
            services.AddSingleton(provider => new EmfMetrics(
                "benchmark",
                new StandardOutput(System.IO.Stream.Null),
                provider.GetRequiredService<TimeProvider>()
            ));
        });

    internal static async Task InvokeAsync(StreamFunction function, byte[] batch)
    {
        using var input = new MemoryStream(batch, writable: false);
        await using var output = await function.HandleAsync(input, new BenchmarkInvocation());
        if (output.Length > """{"batchItemFailures":[]}""".Length)
            throw new InvalidOperationException("Some of a batch was not saved.");
    }
}
