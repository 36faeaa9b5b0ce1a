using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recommendation.Application.Ports;
using Recommendation.BatchProcessor;
using Recommendation.Benchmarks.Dynamo;
using Recommendation.Lambda.Logging;
using Recommendation.Lambda.Metrics;
using Recommendation.Local;

namespace Recommendation.Benchmarks.Batch;

/// <summary>
/// Users a second and memory of whole batch runs through the function that the state machine calls: plan, each segment,
/// complete. The ranker answers at once, the table after a set time; runs and segments are in a folder.
/// </summary>
internal static class BatchBenchmark
{
    /// <summary>
    /// As many users as it takes until code is compiled for good, as the published function's is before it starts.
    /// </summary>
    private const int ForTheCompiler = 40_000;

    private static readonly DateTimeOffset s_now = new(2010, 11, 18, 2, 0, 0, TimeSpan.Zero);

    private static readonly Option<int[]> s_users = new("--users")
    {
        DefaultValueFactory = _ => [10_000, 1_000_000],
        AllowMultipleArgumentsPerToken = true,
        Description = "How many users are active; a run for each.",
    };

    private static readonly Option<int> s_latency = new("--latency")
    {
        DefaultValueFactory = _ => 3,
        Description = "Milliseconds that the table takes for an answer.",
    };

    internal static Command Create()
    {
        var command = new Command("batch", "Rank active users in whole batch runs.\n\nExample: batch --users 10000 "
            + "1000000") { s_users, s_latency };
        command.SetAction(async (parse, cancellationToken) =>
        {
            using var stub = await StubProcess.StartAsync(cancellationToken);
            DynamoBenchmark.SetEnvironment(stub.Url);
            var latency = parse.GetValue(s_latency);
            var runs = new List<Dictionary<string, double>>();
            foreach (var users in parse.GetValue(s_users)!.Prepend(ForTheCompiler))
                runs.Add(await MeasureAsync(stub, users, latency, cancellationToken));
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                verb = "batch",
                latencyMilliseconds = latency,
                itemsPerList = InstantRanker.Items,
                runs = runs.Skip(1)
            }));
            return 0;
        });
        return command;
    }

    private static async Task<Dictionary<string, double>> MeasureAsync(
        StubProcess stub,
        int users,
        int latency,
        CancellationToken cancellationToken
    )
    {
        var folder = Directory.CreateTempSubdirectory("batch-benchmark-");
        try
        {
            await stub.ResetAsync(
                latency,
                users,
                DateOnly.FromDateTime(s_now.UtcDateTime.AddDays(-1)),
                cancellationToken
            );
            await using var provider = Create(folder.FullName);
            await PointAtModelAsync(provider.GetRequiredService<IModelStore>(), cancellationToken);
            using var process = Process.GetCurrentProcess();
            using var memory = new MemoryWatch();
            var (started, cpu) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
            var ranked = await RunAsync(provider.GetRequiredService<BatchFunction>(), cancellationToken);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            process.Refresh();
            var cpuSeconds = (process.TotalProcessorTime - cpu).TotalSeconds;
            if (ranked != users)
                throw new StoreUnavailableException($"{ranked} of {users} users were ranked.");
            return new(StringComparer.Ordinal)
            {
                ["users"] = users,
                ["usersPerSecond"] = Math.Round(users / seconds),
                ["usersPerCpuSecond"] = Math.Round(users / cpuSeconds),
                ["cpuMicrosecondsPerUser"] = Math.Round(cpuSeconds * 1_000_000 / users, 1),
                ["peakWorkingSetMB"] = memory.PeakMegabytes,
                ["heapMB"] = Math.Round(GC.GetTotalMemory(forceFullCollection: true) / 1e6, 1),
            };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ServiceProvider Create(string folder) =>
        BatchHost.Create(
            name =>
                name switch
                {
                    "TABLE_NAME" => "profiles",
                    "BUCKET_NAME" => "none",
                    "LOG_LEVEL" => "None",
                    _ => null,
                },
            services =>
            {
                var local = new ServiceCollection().AddSqlite(folder);
                foreach (
                    var service in local.Where(one =>
                        // The ports, and the adapters that several of them share.
                        one.ServiceType == typeof(IBatchRuns)
                        || one.ServiceType == typeof(IBatchLeases)
                        || one.ServiceType.Namespace is "Recommendation.Local.Files"
                        || one.ServiceType == typeof(IBatchSegments)
                        || one.ServiceType == typeof(IModelStore)
                    )
                )
                    services.Add(service);
                // No user is erased.
                var memory = new ServiceCollection().AddInMemory();
                foreach (
                    var service in memory.Where(one =>
                        one.ServiceType == typeof(IErasures) || one.ServiceType.Name is "MemoryInteractionLog"
                    )
                )
                    services.Add(service);
                services.RemoveAll<IBatchLists>();
                services.AddSingleton<IRanker, InstantRanker>().AddSingleton<TimeProvider>(new Stopped());
                services.AddSingleton(provider => new EmfMetrics(
                    "benchmark",
                    new StandardOutput(System.IO.Stream.Null),
                    provider.GetRequiredService<TimeProvider>()
                ));
            }
        );

    /// <summary>Without a model a run makes popular lists only.</summary>
    private static async Task PointAtModelAsync(IModelStore models, CancellationToken cancellationToken)
    {
        var none = new Dictionary<string, double>(StringComparer.Ordinal);
        var model = new ModelDescription(
            InstantRanker.Model,
            s_now,
            "instant",
            Users: 1,
            Items: 1,
            Interactions: 1,
            ArtefactBytes: 1,
            none,
            none
        );
        using var artefact = new MemoryStream([0]);
        await models.PutAsync(model, artefact, cancellationToken);
        await models.PointAsync(model.Version, await models.CurrentAsync(cancellationToken), cancellationToken);
    }

    private static async Task<int> RunAsync(BatchFunction function, CancellationToken cancellationToken)
    {
        var plan = await InvokeAsync(function, """{"step":"plan","runId":"benchmark"}""");
        for (var segment = 0; segment < plan.GetProperty("segments").GetInt32(); segment++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await InvokeAsync(
                function,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"step":"segment","runId":"benchmark","segment":{{segment}}}"""
                )
            );
        }
        return (await InvokeAsync(function, """{"step":"complete","runId":"benchmark"}"""))
            .GetProperty("ranked")
            .GetInt32();
    }

    private static async Task<JsonElement> InvokeAsync(BatchFunction function, string input)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(input));
        await using var answer = await function.HandleAsync(stream, new Invocation());
        using var json = await JsonDocument.ParseAsync(answer);
        return json.RootElement.Clone();
    }

    /// <summary>The night on which the stub's users were active.</summary>
    private sealed class Stopped : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => s_now;
    }

    private sealed class Invocation : ILambdaContext
    {
        public string AwsRequestId => "benchmark";

        public string FunctionName => "batch-processor";

        public string FunctionVersion => "1";

        public string InvokedFunctionArn => "";

        public ILambdaLogger Logger => throw new NotSupportedException();

        public string LogGroupName => "";

        public string LogStreamName => "";

        public int MemoryLimitInMB => 1024;

        public TimeSpan RemainingTime => TimeSpan.FromMinutes(15);
    }
}
