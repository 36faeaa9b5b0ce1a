using Recommendation.Modeling.Data;

namespace Recommendation.Modeling.Trainers;

/// <summary>
/// A popularity prior for recent trends: scores are multiplied by <c>p_j^γ</c>, where p_j is the popularity of the item
/// with the half-life H, relative to the most popular item. The factors are part of the columns of the weights.
/// </summary>
/// <param name="Exponent">γ; 0 for no trend.</param>
/// <param name="HalfLifeDays">H.</param>
internal readonly record struct Trend(double Exponent, double HalfLifeDays)
{
    public static readonly Trend None = new(0, double.PositiveInfinity);

    /// <summary>By item, the factor; null where all are 1.</summary>
    /// <param name="popularityOf">Gives the popularity of all items with a half-life in days.</param>
    public float[]? Factors(Func<double, float[]> popularityOf)
    {
        var exponent = (float)Exponent;
        return Exponent == 0
            ? null
            : Array.ConvertAll(popularityOf(HalfLifeDays), popularity => MathF.Pow(popularity, exponent));
    }

    /// <summary>By item, the factor; null where all are 1.</summary>
    public float[]? Factors(TrainingEvents events) => Factors(halfLife => Popularity.Of(events, halfLife));
}
