namespace Recommendation.Modeling.Data;

/// <summary><c>2^(-age/H)</c>: the remaining share of an interaction's weight.</summary>
internal static class Decay
{
    private const double MillisecondsPerDay = 86_400_000;

    /// <param name="ageMilliseconds">The age; an interaction from the future counts as new.</param>
    /// <param name="halfLifeDays">H; infinite for no decay.</param>
    public static double Of(long ageMilliseconds, double halfLifeDays) =>
        double.IsPositiveInfinity(halfLifeDays) || ageMilliseconds <= 0
            ? 1
            : double.Exp2(-(ageMilliseconds / MillisecondsPerDay) / halfLifeDays);
}
