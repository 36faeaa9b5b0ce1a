using Microsoft.Extensions.DependencyInjection;
using Recommendation.Simulator.Scripts;

namespace Recommendation.Simulator;

/// <summary>Many histories, on as many threads as there are cores.</summary>
public static class SimulationRun
{
    /// <summary>Runs the histories of consecutive seeds until one fails.</summary>
    /// <param name="rules">What histories may hold.</param>
    /// <param name="first">The first seed.</param>
    /// <param name="count">How many histories.</param>
    /// <param name="plant">Puts a fault into every process; null for the product as it is.</param>
    /// <param name="progress">Told how many histories have run.</param>
    /// <param name="threads">How many threads; null for one for each core.</param>
    /// <returns>How many histories ran, and the failing one of the lowest seed among them; null if all held.</returns>
    public static (long Histories, FailedHistory? Failed) Run(
        ScriptRules rules, ulong first, long count, Action<IServiceCollection>? plant = null,
            IProgress<long>? progress = null, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var (next, done, lowest) = (-1L, 0L, long.MaxValue);
        var workers = Enumerable.Range(0, threads ?? Environment.ProcessorCount).Select(_ => new Thread(Work)).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        return (done, lowest == long.MaxValue ? null : FailedHistory.Of(first + (ulong)lowest, rules, plant));

        void Work()
        {
            using var simulation = new Simulation(rules, plant);
            // Seeds are taken in their order, so the lowest failing one is always among those that ran.
            for (long number; (number = Interlocked.Increment(ref next)) < count
                && number < Interlocked.Read(ref lowest);)
            {
                if (simulation.Run(first + (ulong)number) is not null)
                    Lower(ref lowest, number);
                if (Interlocked.Increment(ref done) is var ran && ran % 10_000 == 0)
                    progress?.Report(ran);
            }
        }
    }

    private static void Lower(ref long lowest, long number)
    {
        for (var known = Interlocked.Read(ref lowest); number < known;)
        {
            var before = Interlocked.CompareExchange(ref lowest, number, known);
            if (before == known)
                return;
            known = before;
        }
    }
}

/// <summary>A history in which a check did not hold.</summary>
/// <param name="Seed">Replays it.</param>
/// <param name="Violation">What is wrong in the short script.</param>
/// <param name="Script">The shortest script found that fails.</param>
/// <param name="Trace">Every step and call of the short script.</param>
public sealed record FailedHistory(ulong Seed, string Violation, Script Script, IReadOnlyList<string> Trace)
{
    /// <summary>Runs the history of a seed, and shortens its script if it fails.</summary>
    /// <returns>Null if every check held.</returns>
    public static FailedHistory? Of(ulong seed, ScriptRules rules, Action<IServiceCollection>? plant = null)
    {
        using var simulation = new Simulation(rules, plant);
        var script = ScriptGenerator.Generate(seed, rules);
        if (simulation.Run(script) is not { } violation)
            return null;
        (script, violation) = new Shrinker(simulation).Shrink(script, violation);
        var trace = new List<string>();
        simulation.Run(script, trace);
        return new FailedHistory(seed, violation, script, trace);
    }

    public override string ToString() =>
        $"Seed {Seed}: "
            + $"{Violation}{Environment.NewLine}{Script}{Environment.NewLine}{string.Join(Environment.NewLine, Trace)}";
}
