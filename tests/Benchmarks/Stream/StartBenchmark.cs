using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Recommendation.Benchmarks.Dynamo;
using Recommendation.Emulators;

namespace Recommendation.Benchmarks.Stream;

/// <summary>
/// From the start of the published function's process to its first answer, to a batch of 100 records.
/// </summary>
internal static class StartBenchmark
{
    private static readonly Option<string> s_bootstrap = new("--bootstrap")
    {
        DefaultValueFactory = _ => "artifacts/functions/stream-processor/bootstrap",
    };
    private static readonly Option<string> s_sample = new("--sample")
    {
        DefaultValueFactory = _ => "samples/online-retail-2010-12.csv.gz",
    };
    private static readonly Option<int> s_runs = new("--runs") { DefaultValueFactory = _ => 10 };

    internal static Command Create()
    {
        var command = new Command(
            "start",
            "Start the published stream processor and wait for its first answer.\n\nExample: build/functions.sh "
                + "stream-processor && start --runs 10"
        )
        {
            s_bootstrap, s_sample, s_runs,
        };
        command.SetAction(async (parse, cancellationToken) =>
        {
            using var stub = await StubProcess.StartAsync(cancellationToken);
            var batch = StreamWorkload.Batches(DynamoWorkload.Sample(parse.GetValue(s_sample)!, 100), 100).Single();
            var settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["TABLE_NAME"] = "benchmark",
                ["BUCKET_NAME"] = "benchmark",
                ["AWS_ENDPOINT_URL_DYNAMODB"] = stub.Url.ToString(),
                ["DOTNET_EnableWriteXorExecute"] = "0", // as the stack sets it
            };
            var (ready, answered) = (new List<double>(), new List<double>());
            for (var run = 0; run <= parse.GetValue(s_runs); run++)
            {
                await stub.ResetAsync(latency: 0, account: false, cancellationToken);
                var (toReady, toAnswer) = await TimeAsync(parse.GetValue(s_bootstrap)!, batch, settings);
                // The first run warms the files' cache and this process.
                if (run == 0)
                    continue;
                ready.Add(toReady);
                answered.Add(toAnswer);
            }
            Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["verb"] = "start",
                ["runs"] = ready.Count,
                ["readyMilliseconds"] = Summary(ready),
                ["firstAnswerMilliseconds"] = Summary(answered),
            }));
            return 0;
        });
        return command;
    }

    private static async Task<(double Ready, double Answered)> TimeAsync(
        string bootstrap,
        byte[] batch,
        Dictionary<string, string> settings
    )
    {
        await using var api = await RuntimeApi.StartAsync();
        var answer = api.InvokeAsync(batch);
        var started = Stopwatch.GetTimestamp();
        await using var function = FunctionProcess.Start(Path.GetFullPath(bootstrap), api, settings);
        await Task.WhenAny(api.Ready, function.Exited);
        if (!api.Ready.IsCompleted)
            throw new InvalidOperationException(
                $"{bootstrap} ended before it asked for an invocation: {string.Join('\n', function.Lines)}"
            );
        var ready = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var outcome = await answer;
        var answered = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return outcome.IsError ? throw new InvalidOperationException(outcome.Text) : (ready, answered);
    }

    private static Dictionary<string, double> Summary(List<double> times)
    {
        times.Sort();
        return new(StringComparer.Ordinal)
        {
            ["minimum"] = Math.Round(times[0]),
            ["median"] = Math.Round(times[times.Count / 2]),
            ["maximum"] = Math.Round(times[^1]),
        };
    }
}
