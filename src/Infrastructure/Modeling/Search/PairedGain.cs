namespace Recommendation.Modeling.Search;

/// <summary>How much better one way reads than another on the same users.</summary>
/// <param name="better">By user.</param>
/// <param name="other">By user, in the same order.</param>
internal sealed class PairedGain(double[] better, double[] other)
{
    /// <summary>
    /// Whether the mean gain is more than so many of its standard errors: the best of many trials reads well by chance.
    /// </summary>
    public bool Exceeds(int errors)
    {
        var gains = better.Zip(other, (one, two) => one - two).ToArray();
        var mean = gains.Average();
        var variance = gains.Sum(gain => (gain - mean) * (gain - mean)) / Math.Max(1, gains.Length - 1);
        return mean > errors * Math.Sqrt(variance / gains.Length);
    }
}
