using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Recommendation.Simulator;
using Recommendation.Simulator.Scripts;

namespace Recommendation.Benchmarks;

/// <summary>Runs simulated histories of the use cases, or replays the one of a seed.</summary>
internal static class SimulateBenchmark
{
    private static readonly Option<long> s_histories = new("--histories") { DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<ulong> s_first = new("--first")
    {
        Description = "The first seed.",
        DefaultValueFactory = _ => 1
    };
    private static readonly Option<ulong?> s_seed = new("--seed")
    {
        Description = "Replay this history alone, and shorten its script if it fails.",
    };
    private static readonly Option<ErasureRules> s_erasures = new("--erasures")
    {
        Description = "How erasures take place.",
        DefaultValueFactory = _ => ScriptRules.Product.Erasures,
    };

    internal static Command Create()
    {
        var command = new Command(
            "simulate",
            "Run the use cases under a seeded scheduler with faults, crashes and clock jumps.\n\nExample: simulate "
                + "--seed 44"
        )
        {
            s_histories, s_first, s_seed, s_erasures,
        };
        command.SetAction(parse =>
        {
            var rules = new ScriptRules(parse.GetValue(s_erasures));
            return parse.GetValue(s_seed) is { } seed ? Replay(seed, rules)
                : Run(parse.GetValue(s_first), parse.GetValue(s_histories), rules);
        });
        return command;
    }

    private static int Replay(ulong seed, ScriptRules rules)
    {
        if (FailedHistory.Of(seed, rules) is { } failed)
        {
            Console.WriteLine(failed);
            return 1;
        }
        Console.Write(ScriptGenerator.Generate(seed, rules));
        Console.WriteLine("Every check held.");
        return 0;
    }

    private static int Run(ulong first, long histories, ScriptRules rules)
    {
        var started = Stopwatch.GetTimestamp();
        var (ran, failed) = SimulationRun.Run(rules, first, histories, progress: new ErrorProgress());
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["verb"] = "simulate",
            ["histories"] = ran,
            ["firstSeed"] = first,
            ["erasures"] = rules.Erasures.ToString(),
            ["failedSeed"] = failed?.Seed,
            ["seconds"] = Math.Round(seconds, 1),
            ["historiesPerSecond"] = Math.Round(ran / seconds),
        }));
        if (failed is not null)
            Console.Error.WriteLine(failed);
        return failed is null ? 0 : 1;
    }

    /// <summary>Told on the spot, and beside the JSON line.</summary>
    private sealed class ErrorProgress : IProgress<long>
    {
        public void Report(long value) => Console.Error.WriteLine($"{value:N0} histories");
    }
}
