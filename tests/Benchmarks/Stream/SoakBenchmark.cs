using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application.Ports;
using Recommendation.Emulators;
using Recommendation.Lambda.Logging;
using Recommendation.Lambda.Metrics;
using Recommendation.Local;
using Recommendation.StreamProcessor;

namespace Recommendation.Benchmarks.Stream;

/// <summary>
/// Millions of events through the function's handler, behind what Lambda does between a shard and a function, while the
/// store fails, answers get lost, others write, processes die and batches come again. Ends with a count of what was
/// lost or counted twice.
/// </summary>
internal static class SoakBenchmark
{
    private const int Shards = 4;

    private static readonly Option<int> s_events = new("--events") { DefaultValueFactory = _ => 2_000_000 };
    private static readonly Option<int> s_seed = new("--seed") { DefaultValueFactory = _ => 20260701 };

    internal static Command Create()
    {
        var command = new Command(
            "soak",
            "Send events through the stream function while everything around it fails now and then.\n\nExample: soak "
                + "--events 2000000"
        )
        {
            s_events, s_seed,
        };
        command.SetAction(async (parse, _) =>
        {
            var result = await RunAsync(parse.GetValue(s_events), new Random(parse.GetValue(s_seed)));
            Console.WriteLine(JsonSerializer.Serialize(result));
            return (long)result["lost"] == 0 && (long)result["countedTwice"] == 0 ? 0 : 1;
        });
        return command;
    }

    private static async Task<Dictionary<string, object>> RunAsync(int events, Random random)
    {
        var started = Stopwatch.GetTimestamp();
        await using var platform = new ServiceCollection().AddInMemory().BuildServiceProvider();
        var store = new FaultyStore(platform.GetRequiredService<IProfileStore>(), random);
        var quarantine = new CountingQuarantine();
        var function = await NewAsync(store, quarantine);
        var (load, restarts, heaps) = (new SoakLoad(random, Shards), 0, new List<long>());
        var mapping = new EventSourceMapping(new MappingOptions { BatchSize = 500, BisectBatchOnFunctionError = true },
            async call =>
        {
            // A process that dies, before or after it has saved.
            if (random.Next(500) == 0)
            {
                if (random.Next(2) == 0)
                    await InvokeAsync(function, call);
                await function.DisposeAsync();
                function = await NewAsync(store, quarantine);
                restarts++;
                throw new DiedException("");
            }
            return await InvokeAsync(function, call);
        }, () => SoakLoad.Start);

        for (var reported = 0; load.Events < events;)
        {
            await mapping.DeliverAsync(load.Next());
            if (load.Events * 10L / events > reported)
            {
                reported++;
                heaps.Add(GC.GetTotalMemory(forceFullCollection: true) / 1024);
            }
        }
        await function.DisposeAsync();

        var counted = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var profile in store.AllAsync(CancellationToken.None))
            counted[profile.UserId.Value] = profile.InteractionCount;
        return new(StringComparer.Ordinal)
        {
            ["verb"] = "soak",
            ["events"] = load.Events,
            ["invocations"] = mapping.Invocations,
            ["faults"] = store.Faults,
            ["restarts"] = restarts,
            ["redelivered"] = load.Redelivered,
            ["lost"] =
                load.Expected.Sum(user => Math.Max(0, user.Value - counted.GetValueOrDefault(user.Key)))
                + Math.Max(0, load.Poison - quarantine.Count),
            ["countedTwice"] =
                load.Expected.Sum(user => Math.Max(0, counted.GetValueOrDefault(user.Key) - user.Value))
                + Math.Max(0, quarantine.Count - load.Poison),
            ["heapKilobytes"] = heaps,
            ["seconds"] = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 1),
        };
    }

    private static async Task<StreamFunction> NewAsync(IProfileStore store, IQuarantine quarantine)
    {
        var function = new StreamFunction(services =>
        {
            services
                .AddFunctionParts(name => name is "LOG_LEVEL" ? "None" : null)
                .AddSingleton(store)
                .AddSingleton(quarantine);
            services.AddSingleton(provider => new EmfMetrics(
                "soak",
                new StandardOutput(System.IO.Stream.Null),
                provider.GetRequiredService<TimeProvider>()
            ));
        });
        await function.InitializeAsync();
        return function;
    }

    private static async Task<InvocationOutcome> InvokeAsync(StreamFunction function, ReadOnlyMemory<byte> call)
    {
        using var input = new MemoryStream(call.ToArray(), writable: false);
        try
        {
            await using var output = await function.HandleAsync(input, new BenchmarkInvocation());
            return new InvocationOutcome(IsError: false, ((MemoryStream)output).ToArray(), ErrorType: null);
        }
        catch (StoreUnavailableException problem)
        {
            return new InvocationOutcome(IsError: true, Array.Empty<byte>(), problem.GetType().Name);
        }
    }
}
