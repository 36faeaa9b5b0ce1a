namespace Recommendation.Simulator;

/// <summary>
/// SplitMix64: the same numbers for a seed on every machine and every version of .NET, so that a seed replays.
/// </summary>
public sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong NextNumber()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }

    /// <param name="limit">Greater than 0.</param>
    /// <returns>0 … <paramref name="limit"/> - 1.</returns>
    public int Next(int limit) => (int)((NextNumber() >> 32) * (ulong)limit >> 32);

    /// <param name="perThousand">How often it is true.</param>
    public bool Chance(int perThousand) => perThousand > 0 && Next(1000) < perThousand;

    public T Pick<T>(IReadOnlyList<T> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        return choices[Next(choices.Count)];
    }
}
