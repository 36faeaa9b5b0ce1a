using System.CommandLine;
using System.Text.Json.Nodes;

namespace Recommendation.Benchmarks.Api;

/// <summary>
/// The API on loopback: the server in a process of its own, 64 connections from this one. After the writes the server
/// is killed without warning, and what it acknowledged is counted on disk.
/// </summary>
internal static class ApiBenchmark
{
    private static readonly Option<int> s_seconds = new("--seconds")
    {
        DefaultValueFactory = _ => 30,
        Description = "How long each part is measured.",
    };

    private static readonly Option<int> s_connections = new("--connections")
    {
        DefaultValueFactory = _ => 64,
        Description = "How many connections ask at once.",
    };

    private static readonly Option<string[]> s_reads = new("--reads")
    {
        DefaultValueFactory = _ => ["stored", "realtime", "popular", "plainScenario", "scenario", "session"],
        AllowMultipleArgumentsPerToken = true,
        Description = "The kinds of lists to ask for before the writes; 'none' for none.",
    };

    private static readonly TimeSpan WarmUpOfWrites = TimeSpan.FromSeconds(4);

    internal static Command Create()
    {
        var command = new Command("api", "Requests a second, latencies and memory of the HTTP API.")
        {
            s_seconds,
            s_connections,
            s_reads,
        };
        command.SetAction(
            (parse, cancellationToken) =>
                RunAsync(
                    TimeSpan.FromSeconds(parse.GetValue(s_seconds)),
                    parse.GetValue(s_connections),
                    parse.GetValue(s_reads)!,
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        TimeSpan duration,
        int connections,
        string[] reads,
        CancellationToken cancellationToken
    )
    {
        var folder = Directory.CreateTempSubdirectory("recommendation-bench-api-").FullName;
        try
        {
            await ApiWorkload.FillAsync(folder, cancellationToken);
            var answer = await MeasureAsync(folder, duration, connections, reads, cancellationToken);
            Console.Out.WriteLine(answer.ToJsonString());
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<JsonObject> MeasureAsync(
        string folder,
        TimeSpan duration,
        int connections,
        string[] reads,
        CancellationToken cancellationToken
    )
    {
        using var server = await ServerProcess.StartAsync(folder, cancellationToken);
        // From here on the lists of these users are older than their profiles.
        await server.PostAsync(ApiWorkload.FreshEvents(), cancellationToken);
        var answer = new JsonObject
        {
            ["benchmark"] = "api",
            ["connections"] = connections,
            ["seconds"] = duration.TotalSeconds,
            ["cores"] = Environment.ProcessorCount,
        };
        // What is shared by all kinds of requests takes twenty seconds of load until it is compiled for good.
        var warmUp = TimeSpan.FromSeconds(25);
        foreach (var (name, requests) in ApiWorkload.Reads().Where(one => reads.Contains(one.Name)))
        {
            await LoadClient.RunAsync(server.Port, connections, warmUp, requests, cancellationToken);
            warmUp = TimeSpan.FromSeconds(15);
            var (before, worked) = (server.Megabytes, server.Worked);
            var load = await LoadClient.RunAsync(server.Port, connections, duration, requests, cancellationToken);
            answer[name] = Describe(load, before, server.Megabytes, server.Worked - worked);
        }
        // Writes have code of their own, which is compiled for good after some seconds of load, too.
        var writes = ApiWorkload.Batches();
        await LoadClient.RunAsync(server.Port, connections, WarmUpOfWrites, writes, cancellationToken);
        var known = await ApiWorkload.LoggedAsync(folder, cancellationToken);
        var (memory, workedBefore) = (server.Megabytes, server.Worked);
        var halfway = HalfwayAsync(server, duration, cancellationToken);
        var written = await LoadClient.RunAsync(
            server.Port,
            connections,
            duration,
            writes,
            cancellationToken
        );
        var interactions = Describe(written, memory, server.Megabytes, server.Worked - workedBefore);
        interactions["interactionsPerSecond"] = Math.Round(written.Requests * ApiWorkload.BatchSize / written.Seconds);
        interactions["megabytesHalfway"] = Math.Round(await halfway);
        server.Kill();
        var durable = await ApiWorkload.LoggedAsync(folder, cancellationToken) - known;
        interactions["acknowledged"] = written.Requests * ApiWorkload.BatchSize;
        interactions["onDiskAfterKill"] = durable;
        answer["interactions"] = interactions;
        return answer;
    }

    private static async Task<double> HalfwayAsync(
        ServerProcess server,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        await Task.Delay(duration / 2, cancellationToken);
        return server.Megabytes;
    }

    private static JsonObject Describe(LoadResult load, double before, double after, TimeSpan worked) => new()
    {
        ["requestsPerSecond"] = Math.Round(load.Requests / load.Seconds),
        ["p50Milliseconds"] = Math.Round(load.Percentile(0.50), 2),
        ["p99Milliseconds"] = Math.Round(load.Percentile(0.99), 2),
        ["serverMicrosecondsPerRequest"] = Math.Round(worked.TotalMicroseconds / load.Requests, 1),
        ["errors"] = load.Errors,
        ["megabytesBefore"] = Math.Round(before),
        ["megabytesAfter"] = Math.Round(after),
    };
}
