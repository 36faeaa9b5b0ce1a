namespace Recommendation.Domain.Statistics;

/// <summary>
/// How much higher a ratio is in one variant than in another, with an interval that holds at every look.
/// </summary>
/// <param name="Value">The lift: .05 is 5 % higher.</param>
/// <param name="Interval">Where the true lift is.</param>
public readonly record struct Lift(double Value, Interval Interval)
{
    /// <summary>Users that each variant needs before its ratio may be taken for normally distributed.</summary>
    public const int MinimumUsers = 100;

    /// <summary>
    /// How many users with equal numerators would make up each variant's numerator, (Σx)²/Σx²: at least so many, for
    /// the same reason.
    /// </summary>
    public const int MinimumEffectiveUsers = 25;

    /// <summary>Whether the interval is above 0.</summary>
    public bool IsGain => Interval.Lower > 0;

    /// <summary>Whether the interval is below 0.</summary>
    public bool IsLoss => Interval.Upper < 0;

    /// <summary>
    /// The lift r₁/r₀ − 1. The interval is that of ln r₁ − ln r₀, whose variance is the sum of both log variances, and
    /// which has the same form for gains and losses.
    /// </summary>
    /// <param name="control">The ratio r₀ to compare with.</param>
    /// <param name="treated">The ratio r₁.</param>
    /// <param name="effect">The lift that the experiment was planned for, such as .05; it scales the mixture.</param>
    /// <param name="level">How often a true lift may ever be missed.</param>
    /// <returns>Null while there are too few users or events for an interval.</returns>
    public static Lift? Of(in RatioMoments control, in RatioMoments treated, double effect, double level)
    {
        if (!IsEnough(control) || !IsEnough(treated))
            return null;
        var variance = control.LogVariance + treated.LogVariance;
        if (variance is not > 0)
            return null;
        var log = Math.Log(treated.X / treated.Y) - Math.Log(control.X / control.Y);
        var half = ConfidenceSequence.HalfWidth(variance.Value, Math.Log(1 + effect), level);
        return new Lift(Math.Exp(log) - 1, new Interval(Math.Exp(log - half) - 1, Math.Exp(log + half) - 1));
    }

    private static bool IsEnough(in RatioMoments moments) =>
        moments.Users >= MinimumUsers && moments.X > 0 && moments.X * moments.X >= MinimumEffectiveUsers * moments.XX;
}
