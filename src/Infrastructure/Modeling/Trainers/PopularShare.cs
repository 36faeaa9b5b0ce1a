using Recommendation.Modeling.Data;

namespace Recommendation.Modeling.Trainers;

/// <summary>
/// Recent popularity as a part of every score: <c>κ p_j</c> is added to the weight of every item of a history. p_j is
/// the popularity of the item with the half-life H, relative to the most popular item.
/// </summary>
/// <param name="Share">κ, in units of the mean row maximum; 0 for none.</param>
/// <param name="HalfLifeDays">H.</param>
internal readonly record struct PopularShare(double Share, double HalfLifeDays)
{
    public static readonly PopularShare None = new(0, double.PositiveInfinity);

    /// <summary>By item, what is added to a weight; null if nothing is.</summary>
    /// <param name="popularityOf">Gives the popularity of all items with a half-life in days.</param>
    /// <param name="unit">The mean of the row maxima.</param>
    public float[]? Addends(Func<double, float[]> popularityOf, double unit)
    {
        var factor = (float)(Share * unit);
        return Share == 0 ? null : Array.ConvertAll(popularityOf(HalfLifeDays), popularity => popularity * factor);
    }

    /// <summary>By item, what is added to a weight; null if nothing is.</summary>
    /// <param name="events">The training data.</param>
    /// <param name="unit">The mean of the row maxima.</param>
    public float[]? Addends(TrainingEvents events, double unit) =>
        Addends(halfLife => Popularity.Of(events, halfLife), unit);
}
