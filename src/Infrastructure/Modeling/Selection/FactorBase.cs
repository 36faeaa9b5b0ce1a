using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.Selection;

/// <summary>The weights that learned factors may join: the best graph filter or the best EASE.</summary>
/// <param name="Ndcg">NDCG@20 without factors.</param>
/// <param name="Graph">Of the split's remaining histories.</param>
/// <param name="LowRank">Where factors begin; null if the graph is too small for any.</param>
/// <param name="Rows">Makes finished rows of at least some items, so many times as long as K.</param>
internal sealed record FactorBase(double Ndcg, ItemGraph Graph, LowRank? LowRank, Func<int[], int, ItemWeights> Rows)
{
    /// <summary>The parameters of the graph filter; null for EASE.</summary>
    public GraphFilterParameters? Filter { get; init; }

    /// <summary>EASE has weights below 0, and they count as much as those above.</summary>
    public RowSigns Signs => Filter is null ? RowSigns.Both : RowSigns.Positive;

    /// <summary>
    /// Scores histories of some items. Rows took 27 s of a training of 224 s, so they are computed only if they differ
    /// from a truncated filter.
    /// </summary>
    public Func<HistoryScores> ScoresOf(int[] items)
    {
        if (Filter is { Sharpness: 1, RowNormExponent: 0 } filter)
            return () => new FilterScores(Graph, LowRank, filter);
        var rows = Rows(items, 1);
        return () => new RowScores(rows);
    }
}
