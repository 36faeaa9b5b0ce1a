using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Scenarios;

/// <summary>
/// Maximal marginal relevance (Carbonell and Goldstein, 1998): what a candidate is worth beside the items that are in
/// the list already, <c>(1 − s) · relevance − s · similarity to the nearest of them</c>. Relevance is the score
/// relative to the greatest of its block, so it does not depend on how many candidates there are.
/// </summary>
/// <param name="weight">s, from 0 (the order of the scores) to 1 (as unlike as possible).</param>
/// <param name="similarities">How alike the candidates are.</param>
/// <param name="candidates">All candidates.</param>
internal sealed class MarginalRelevance(
    double weight, ItemSimilarities similarities, IReadOnlyCollection<Candidate> candidates)
{
    private readonly Dictionary<int, double> _greatest = candidates.GroupBy(candidate => candidate.Block)
        .ToDictionary(block => block.Key, block => block.Max(candidate => Math.Abs(candidate.Item.Score.Value)));

    private readonly Dictionary<ItemId, double> _nearest = [];

    /// <summary>What a candidate is worth now.</summary>
    internal double Of(Candidate candidate)
    {
        var greatest = _greatest.GetValueOrDefault(candidate.Block);
        var relevance = greatest > 0 ? candidate.Item.Score.Value / greatest : 0;
        return ((1 - weight) * relevance) - (weight * _nearest.GetValueOrDefault(candidate.Item.ItemId));
    }

    /// <summary>An item is in the list.</summary>
    internal void Add(ItemId item)
    {
        foreach (var (other, similarity) in similarities.Of(item))
            _nearest[other] = Math.Max(similarity, _nearest.GetValueOrDefault(other));
    }
}
