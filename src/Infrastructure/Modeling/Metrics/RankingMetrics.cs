namespace Recommendation.Modeling.Metrics;

/// <summary>
/// How well one ranked list finds the relevant items, by the usual protocol: binary relevance, recall over all relevant
/// items, and NDCG against the best order of min(relevant, k) items.
/// </summary>
/// <param name="Recall">Hits / relevant.</param>
/// <param name="Ndcg">Σ 1/log2(place + 1) over the hits, divided by the same sum of an ideal list.</param>
/// <param name="HitRate">1 where there is any hit, else 0.</param>
/// <param name="ReciprocalRank">1 / place of the first hit; 0 where there is none.</param>
internal readonly record struct RankingMetrics(double Recall, double Ndcg, double HitRate, double ReciprocalRank)
{
    /// <param name="ranked">Items, best first; k of them at most.</param>
    /// <param name="relevant">At least one, ascending.</param>
    /// <param name="k">How long a full list is.</param>
    public static RankingMetrics Of(ReadOnlySpan<int> ranked, ReadOnlySpan<int> relevant, int k)
    {
        var (hits, gain, first) = (0, 0d, 0);
        for (var place = 1; place <= Math.Min(k, ranked.Length); place++)
        {
            if (relevant.BinarySearch(ranked[place - 1]) < 0)
                continue;
            hits++;
            gain += Gain(place);
            first = first == 0 ? place : first;
        }
        var ideal = 0d;
        for (var place = 1; place <= Math.Min(k, relevant.Length); place++)
            ideal += Gain(place);
        return new((double)hits / relevant.Length, gain / ideal, hits > 0 ? 1 : 0, first > 0 ? 1d / first : 0);
    }

    private static double Gain(int place) => 1 / Math.Log2(place + 1);
}
