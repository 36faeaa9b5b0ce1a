using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Metrics;

namespace Recommendation.Modeling.Selection;

/// <summary>Ranks one list after the other and measures it on a validation split. Not thread-safe.</summary>
internal sealed class HeldOutRanking(ValidationSplit split)
{
    private const int Cutoff = 20;

    private readonly int[] _ranked = new int[Cutoff];

    /// <summary>Ready for 20 items with a score above 0.</summary>
    public TopK Selector { get; } = new();

    /// <summary>NDCG@20 of scores by item.</summary>
    public double Ndcg(ReadOnlySpan<float> scores, int place)
    {
        Begin();
        TopKScan.Offer(scores, Selector);
        return Ndcg(place);
    }

    public void Begin() => Selector.Reset(Cutoff, floor: 0);

    /// <summary>NDCG@20 of what the selector was offered.</summary>
    public double Ndcg(int place)
    {
        var best = Selector.Best();
        for (var rank = 0; rank < best.Length; rank++)
            _ranked[rank] = TopK.IndexOf(best[rank]);
        return RankingMetrics.Of(_ranked.AsSpan(0, best.Length), split.HeldOut[place], Cutoff).Ndcg;
    }
}
