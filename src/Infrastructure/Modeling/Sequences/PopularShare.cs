using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Sequences;

/// <summary>
/// The share of recent popularity in the scores: <c>κ p_j</c> is added to the weight of every item of a history, where
/// p_j is the item's popularity, an interaction counting half after H, and 1 that of the most popular item.
/// </summary>
/// <param name="Share">κ, in units of the greatest weight of an average row; 0 for none.</param>
/// <param name="HalfLifeDays">H.</param>
internal readonly record struct PopularShare(double Share, double HalfLifeDays)
{
    public static readonly PopularShare None = new(0, double.PositiveInfinity);

    /// <summary>By item, what is added to a weight; null if nothing is.</summary>
    /// <param name="events">The training data.</param>
    /// <param name="unit">The greatest weight of an average row.</param>
    public float[]? Addends(TrainingEvents events, double unit)
    {
        var factor = (float)(Share * unit);
        return Share == 0
            ? null
            : Array.ConvertAll(Popularity.Of(events, HalfLifeDays), popularity => popularity * factor);
    }
}
