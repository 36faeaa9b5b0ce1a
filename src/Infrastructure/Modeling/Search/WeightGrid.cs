using Recommendation.Modeling.Scoring;

namespace Recommendation.Modeling.Search;

/// <summary>The values to try; every combination of them is.</summary>
internal sealed record WeightGrid(double[] Beta, double[] Flatness, double[] LowRankShare, Recency[] Recencies)
{
    /// <summary>Where the best values of public data sets lie: β from 0 to .4 and g from .1 to .5.</summary>
    public static readonly WeightGrid Default = new(
        [0, 0.1, 0.2, 0.3, 0.35, 0.4, 0.45], [1, 1.5, 2, 3], [0, 0.1, 0.2, 0.3, 0.5, 1], [Recency.None]);

    private static readonly double[] s_positionDecays = [1, 0.95, 0.9, 0.8, 0.6, 0.4];
    private static readonly double[] s_halfLives = [double.PositiveInfinity, 90, 30, 7];

    /// <summary>Every recency to try; none first.</summary>
    public static IEnumerable<Recency> AllRecencies =>
        from decay in s_positionDecays from halfLife in s_halfLives select new Recency(decay, halfLife);

    /// <summary>Every recency with the weights of a choice.</summary>
    public static WeightGrid RecenciesFor(WeightParameters chosen) => Only(chosen) with { Recencies = [.. AllRecencies] };

    /// <summary>The values of β and g next to a choice, and the choice, with every filter: they cost next to nothing together.</summary>
    public WeightGrid Around(WeightParameters chosen) => new(
        Near(Beta, chosen.Beta), Flatness, Near(LowRankShare, chosen.LowRankShare), [chosen.Recency]);

    /// <summary>The combinations with a β and a recency, by filter and then share.</summary>
    public IEnumerable<WeightParameters> Combinations(double beta, Recency recency) =>
        from flatness in Flatness
        from share in LowRankShare
        select new WeightParameters(beta, flatness, share, recency);

    /// <summary>One combination.</summary>
    public static WeightGrid Only(WeightParameters chosen) => new([chosen.Beta], [chosen.Flatness], [chosen.LowRankShare], [chosen.Recency]);

    private static double[] Near(double[] values, double chosen)
    {
        var place = Array.IndexOf(values, chosen);
        return values[Math.Max(0, place - 1)..Math.Min(values.Length, place + 2)];
    }
}
