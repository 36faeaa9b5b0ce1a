namespace Recommendation.Modeling.Data;

/// <summary>How much less older items of a history weigh: <c>δ^position · 2^(-age/H)</c>.</summary>
/// <param name="PositionDecay">δ: above 0, at most 1; the newest item has position 0.</param>
/// <param name="HalfLifeDays">H; infinite for none.</param>
internal readonly record struct Recency(double PositionDecay, double HalfLifeDays)
{
    public static readonly Recency None = new(1, double.PositiveInfinity);

    public double Of(int position, long ageMilliseconds) =>
        (PositionDecay < 1 ? Math.Pow(PositionDecay, position) : 1) * Decay.Of(ageMilliseconds, HalfLifeDays);
}
