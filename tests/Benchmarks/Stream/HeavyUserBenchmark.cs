using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Recommendation.Benchmarks.Dynamo;

namespace Recommendation.Benchmarks.Stream;

/// <summary>
/// What an event costs that comes alone, by how much its user did before: processor time of the stream function's
/// handler, and calls and capacity of the table. A user with 10,000 interactions should cost what one with 100 does.
/// </summary>
internal static class HeavyUserBenchmark
{
    private const int BatchSize = 1_000;

    private static readonly Option<int> s_events = new("--events") { DefaultValueFactory = _ => 2_000 };
    private static readonly Option<int> s_rounds = new("--rounds")
    {
        DefaultValueFactory = _ => 5,
        Description = "The best of so many rounds counts.",
    };

    internal static Command Create()
    {
        var command = new Command("heavy-user", "Compare events of users with long and short histories.\n\nExample: "
            + "heavy-user --events 2000") { s_events, s_rounds };
        command.SetAction(async (parse, cancellationToken) =>
        {
            using var stub = await StubProcess.StartAsync(cancellationToken);
            DynamoBenchmark.SetEnvironment(stub.Url);
            var (events, rounds) = (parse.GetValue(s_events), parse.GetValue(s_rounds));
            var result = new Dictionary<string, object>(StringComparer.Ordinal) { ["verb"] = "heavy-user" };
            foreach (var before in new[] { 100, 10_000 })
                result[FormattableString.Invariant($"after{before}")] = await MeasureAsync(stub, before, events,
                    rounds, cancellationToken);
            Console.WriteLine(JsonSerializer.Serialize(result));
            return 0;
        });
        return command;
    }

    private static async Task<Dictionary<string, double>> MeasureAsync(
        StubProcess stub, int before, int events, int rounds, CancellationToken cancellationToken)
    {
        await using var function = StreamBenchmark.NewFunction();
        await function.InitializeAsync();
        var interactions = DynamoWorkload.OfOneUser(before + events);
        var (history, alone) = (
            StreamWorkload.Batches(interactions.Take(before), BatchSize),
            StreamWorkload.Batches(interactions.Skip(before), batchSize: 1)
        );
        var cpu = double.MaxValue;
        Dictionary<string, double> counts = [];
        for (var round = 0; round <= rounds; round++) // the first is for the compiler
        {
            await stub.ResetAsync(0, account: round == 0, cancellationToken);
            foreach (var batch in history)
                await StreamBenchmark.InvokeAsync(function, batch);
            var start = await stub.CountsAsync(cancellationToken);
            using var process = Process.GetCurrentProcess();
            var started = process.TotalProcessorTime;
            foreach (var batch in alone)
                await StreamBenchmark.InvokeAsync(function, batch);
            process.Refresh();
            var took = (process.TotalProcessorTime - started).TotalMicroseconds / events;
            if (round == 0)
                counts = (await stub.CountsAsync(cancellationToken)).ToDictionary(
                    one => one.Key,
                    one => Math.Round((one.Value - start[one.Key]) / events, 3)
                );
            else
                cpu = Math.Min(cpu, took);
        }
        counts["cpuMicrosecondsPerEvent"] = Math.Round(cpu, 1);
        return counts;
    }
}
