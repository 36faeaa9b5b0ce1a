using System.Diagnostics;

namespace Recommendation.Simulator.Fuzzing;

/// <summary>Gives a decoder many mutated inputs, within limits of memory and time for each.</summary>
public static class FuzzRun
{
    // Far more than any input needs, and little enough to notice what never ends: the machine may be busy.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <param name="target">The decoder.</param>
    /// <param name="seed">Makes the inputs; the same seed makes the same ones.</param>
    /// <param name="inputs">How many.</param>
    /// <returns>
    /// How many inputs were refused, and what is wrong; null if every input was decoded or refused as promised.
    /// </returns>
    public static (int Refused, string? Problem) Run(FuzzTarget target, ulong seed, int inputs)
    {
        ArgumentNullException.ThrowIfNull(target);
        foreach (var valid in target.Corpus)
            target.Decode(valid);
        var mutator = new Mutator(new SeededRandom(seed));
        var refused = 0;
        for (var number = 0; number < inputs; number++)
        {
            var input = mutator.Mutate(target.Corpus);
            var (isRefused, problem) = Try(target, input);
            if (problem is not null)
                return (refused,
                    $"{target.Name}, seed {seed}, input {number}: {problem}{Environment.NewLine}{Shown(input)}");
            refused += isRefused ? 1 : 0;
        }
        return (refused, null);
    }

    private static (bool IsRefused, string? Problem) Try(FuzzTarget target, byte[] input)
    {
        var (started, allocated) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        var isRefused = false;
        try
        {
            target.Decode(input);
        }
        catch (Exception problem)
        {
            if (!target.Refusals.Contains(problem.GetType()))
                return (false, $"it threw {problem}");
            isRefused = true;
        }
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (allocated > target.MaximumAllocated)
            return (false, $"it allocated {allocated:N0} bytes for an input of {input.Length:N0}");
        var elapsed = Stopwatch.GetElapsedTime(started);
        return elapsed > s_patience ? (false,
            $"it took {elapsed} for an input of {input.Length:N0} bytes") : (isRefused, null);
    }

    private static string Shown(byte[] input) =>
        input.Length <= 4096 ? Convert.ToBase64String(input)
            : $"{Convert.ToBase64String(input.AsSpan(0, 4096))}… ({input.Length} bytes)";
}
