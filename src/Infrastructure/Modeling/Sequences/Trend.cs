using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Sequences;

/// <summary>
/// What is popular lately: scores are multiplied with <c>p_j^γ</c>, where p_j is the item's popularity, an interaction
/// counting half after H, and 1 that of the most popular item. Folded into the columns of the weights.
/// </summary>
/// <param name="Exponent">γ; 0 for no trend.</param>
/// <param name="HalfLifeDays">H.</param>
internal readonly record struct Trend(double Exponent, double HalfLifeDays)
{
    public static readonly Trend None = new(0, double.PositiveInfinity);

    /// <summary>By item, the factor; null where all are 1.</summary>
    public float[]? Factors(TrainingEvents events)
    {
        var exponent = (float)Exponent;
        return Exponent == 0
            ? null
            : Array.ConvertAll(Popularity.Of(events, HalfLifeDays), popularity => MathF.Pow(popularity, exponent));
    }
}
