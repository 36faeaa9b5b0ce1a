using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Recommendation.Simulator.Fuzzing;

namespace Recommendation.Benchmarks;

/// <summary>Gives every decoder mutated input, for longer than the tests do.</summary>
internal static class DecoderFuzzBenchmark
{
    private const int InputsOfSeed = 2_000;

    private static readonly Option<int> s_seconds = new("--seconds")
    {
        Description = "For each decoder.",
        DefaultValueFactory = _ => 60
    };
    private static readonly Option<ulong> s_first = new("--first")
    {
        Description = "The first seed.",
        DefaultValueFactory = _ => 1
    };

    internal static Command Create()
    {
        var command = new Command(
            "fuzz-decoders",
            "Decode mutated input within limits of memory and time.\n\nExample: fuzz-decoders --seconds 60"
        )
        {
            s_seconds,
            s_first,
        };
        command.SetAction(parse => Run(TimeSpan.FromSeconds(parse.GetValue(s_seconds)), parse.GetValue(s_first)));
        return command;
    }

    private static int Run(TimeSpan time, ulong first)
    {
        var (inputs, problems) = (new SortedDictionary<string, long>(StringComparer.Ordinal), new List<string>());
        foreach (var target in FuzzTargets.All)
        {
            var (started, count, problem) = (Stopwatch.GetTimestamp(), 0L, (string?)null);
            for (var seed = first; problem is null && Stopwatch.GetElapsedTime(started) < time; seed++,
                count += InputsOfSeed)
                (_, problem) = FuzzRun.Run(target, seed, InputsOfSeed);
            inputs[target.Name] = count;
            if (problem is not null)
                problems.Add(problem);
        }
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["verb"] = "fuzz-decoders",
            ["inputs"] = inputs,
            ["problems"] = problems.Count,
        }));
        problems.ForEach(Console.Error.WriteLine);
        return problems.Count == 0 ? 0 : 1;
    }
}
