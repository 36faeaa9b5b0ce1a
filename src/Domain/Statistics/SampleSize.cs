namespace Recommendation.Domain.Statistics;

/// <summary>
/// How many users an experiment needs, and which lift it can find, with intervals that hold at every look.
/// </summary>
public static class SampleSize
{
    /// <summary>
    /// How many users take part in all until a lift is found with a probability: the smallest n for which ln(1 + lift)
    /// is z(power) standard errors beyond the confidence sequence. V falls as 1/n: V = v (1/share₀ + 1/share₁)/n.
    /// </summary>
    /// <param name="measured">The ratio as it is: its log variance of one user is v.</param>
    /// <param name="lift">The lift to find, such as .05.</param>
    /// <param name="control">The control's share of the users, 0–1.</param>
    /// <param name="treated">The variant's share of the users, 0–1.</param>
    /// <param name="level">How often a lift may be found that is none, such as .05.</param>
    /// <param name="power">How often the lift is to be found, such as .8.</param>
    /// <returns>Null if too little is measured.</returns>
    public static double? UsersFor(
        in RatioMoments measured, double lift, double control, double treated, double level, double power)
    {
        if (VarianceOfOneUser(measured, control, treated) is not { } variance)
            return null;
        var effect = Math.Log(1 + lift);
        return variance / (VarianceRatio(level, power) * effect * effect);
    }

    /// <summary>The smallest lift that so many users show with a probability.</summary>
    /// <inheritdoc cref="UsersFor"/>
    public static double? LiftFor(
        in RatioMoments measured, double users, double control, double treated, double level, double power) =>
        users > 0 && VarianceOfOneUser(measured, control, treated) is { } variance
            ? Math.Exp(Math.Sqrt(variance / users / VarianceRatio(level, power))) - 1
            : null;

    private static double? VarianceOfOneUser(in RatioMoments measured, double control, double treated) =>
        measured.LogVariance is { } variance and > 0 && control > 0 && treated > 0
            ? variance * measured.Users * (1 / control + 1 / treated)
            : null;

    /// <summary>
    /// The q = V/τ² at which an effect of the size τ is just found: 1/√q = √((1 + q) ln((1 + 1/q)/α²)) + z(power). The
    /// left side falls from infinity faster than the right one, so halving finds it.
    /// </summary>
    private static double VarianceRatio(double level, double power)
    {
        var (low, high, z) = (1e-9, 1d, NormalDistribution.Quantile(power));
        for (var i = 0; i < 100; i++)
        {
            var middle = Math.Sqrt(low * high);
            if (1 / Math.Sqrt(middle) >= ConfidenceSequence.Multiple(middle, level) + z)
                low = middle;
            else
                high = middle;
        }
        return low;
    }
}
