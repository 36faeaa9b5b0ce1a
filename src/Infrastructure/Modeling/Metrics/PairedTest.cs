namespace Recommendation.Modeling.Metrics;

/// <summary>Compares two results on the same users.</summary>
/// <param name="better">By user.</param>
/// <param name="other">By user, in the same order.</param>
internal sealed class PairedTest(double[] better, double[] other)
{
    /// <summary>
    /// Whether the mean gain is larger than this number of its standard errors. The best of many trials
    /// scores high by chance.
    /// </summary>
    public bool Exceeds(int errors)
    {
        var gains = better.Zip(other, (one, two) => one - two).ToArray();
        var mean = gains.Average();
        var variance = gains.Sum(gain => (gain - mean) * (gain - mean)) / Math.Max(1, gains.Length - 1);
        return mean > errors * Math.Sqrt(variance / gains.Length);
    }
}
