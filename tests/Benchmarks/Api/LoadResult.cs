namespace Recommendation.Benchmarks.Api;

/// <summary>What a load did: requests answered with 200, the others, and how long each took.</summary>
internal sealed class LoadResult
{
    // 0.01 ms to 10 s in steps of a hundredth of a millisecond up to 100 ms, and of a millisecond above.
    private const int Fine = 10_000;
    private const int Coarse = 10_000;

    private readonly long[] _counts = new long[Fine + Coarse];

    internal long Requests { get; private set; }

    internal long Errors { get; private set; }

    internal double Seconds { get; private set; }

    internal static LoadResult Sum(IEnumerable<LoadResult> parts, double seconds)
    {
        var sum = new LoadResult { Seconds = seconds };
        foreach (var part in parts)
        {
            sum.Requests += part.Requests;
            sum.Errors += part.Errors;
            for (var i = 0; i < sum._counts.Length; i++)
                sum._counts[i] += part._counts[i];
        }
        return sum;
    }

    internal void Add(double milliseconds, bool isDone)
    {
        _counts[
            milliseconds < 100
                ? (int)(milliseconds * 100)
                : Math.Min(Fine + Coarse - 1, Fine + (int)(milliseconds - 100))
        ]++;
        if (isDone)
            Requests++;
        else
            Errors++;
    }

    /// <summary>In milliseconds: so many of the requests took at most this long.</summary>
    internal double Percentile(double share)
    {
        var left = (long)Math.Ceiling(_counts.Sum() * share);
        for (var i = 0; i < _counts.Length; i++)
        {
            left -= _counts[i];
            if (left <= 0)
                return i < Fine ? (i + 1) / 100.0 : i - Fine + 101;
        }
        return double.NaN;
    }
}
