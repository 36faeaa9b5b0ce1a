namespace Recommendation.Domain.Statistics;

/// <summary>
/// Intervals that hold at all looks together, so that looking every day is allowed: the normal mixture of Howard,
/// Ramdas, McAuliffe, Sekhon 2021 ("Time-uniform, nonparametric, nonasymptotic confidence sequences", doi
/// 10.1214/20-AOS1991), which is the mixture SPRT of Johari, Koomen, Pekelis, Walsh 2017 (doi 10.1145/3097983.3097992)
/// turned round. With measured variances it holds asymptotically.
/// </summary>
public static class ConfidenceSequence
{
    /// <summary>
    /// Half the width of the interval round an estimate: √(V (1 + V/τ²) ln((1 + τ²/V) / α²)).
    /// </summary>
    /// <param name="variance">V: the variance of the estimate at this look; more than 0.</param>
    /// <param name="scale">τ: the size of the effects that matter. It must be chosen before the first look.</param>
    /// <param name="level">α: how often a true value may ever be missed, such as .05.</param>
    public static double HalfWidth(double variance, double scale, double level)
    {
        if (!(variance > 0))
            throw new ArgumentOutOfRangeException(nameof(variance), variance, "A variance is more than 0.");
        if (!(scale > 0))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale of effects is more than 0.");
        if (level is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "Give a level between 0 and 1.");
        return Math.Sqrt(variance) * Multiple(variance / (scale * scale), level);
    }

    /// <summary>Half the width in standard errors, by q = V/τ²: √((1 + q) ln((1 + 1/q) / α²)).</summary>
    internal static double Multiple(double q, double level) =>
        Math.Sqrt((1 + q) * (Math.Log(1 + 1 / q) - 2 * Math.Log(level)));
}
