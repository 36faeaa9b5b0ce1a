using Recommendation.Modeling.Evaluation;
using Recommendation.Modeling.Numerics;

namespace Recommendation.Modeling.Search;

/// <summary>Reads one list after the other on what a validation split holds out. For one thread.</summary>
internal sealed class HeldOutList(ValidationSplit split)
{
    private const int Cutoff = 20;

    private readonly int[] _ranked = new int[Cutoff];

    /// <summary>Ready for 20 items with a score above 0.</summary>
    public TopSelector Selector { get; } = new();

    /// <summary>NDCG@20 of scores by item.</summary>
    public double Ndcg(ReadOnlySpan<float> scores, int place)
    {
        Begin();
        Selection.Offer(scores, Selector);
        return Ndcg(place);
    }

    public void Begin() => Selector.Reset(Cutoff, floor: 0);

    /// <summary>NDCG@20 of what the selector was offered.</summary>
    public double Ndcg(int place)
    {
        var best = Selector.Best();
        for (var rank = 0; rank < best.Length; rank++)
            _ranked[rank] = TopSelector.IndexOf(best[rank]);
        return RankingMetrics.Of(_ranked.AsSpan(0, best.Length), split.HeldOut[place], Cutoff).Ndcg;
    }
}
