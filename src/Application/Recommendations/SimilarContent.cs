using Recommendation.Application.Ports;
using Recommendation.Application.Retrieval;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>Lists of items by their content alone.</summary>
internal sealed class SimilarContent(
    RetrievalPipeline pipeline, IItemCatalog catalog, IEnumerable<IContentRanker> rankers)
{
    /// <summary>Fills a list with the items that resemble some items.</summary>
    /// <returns>The list and the model that compared; null if nothing can be compared.</returns>
    /// <exception cref="RankerUnavailableException">The model can't be had.</exception>
    internal async Task<(ListRetrieval List, ModelVersion? Model)?> RetrieveAsync(
        ListRetrieval list, IReadOnlyList<ItemId> items, CancellationToken cancellationToken)
    {
        if (rankers.LastOrDefault() is not { } ranker)
            return null;
        var found = await catalog.FindAsync(items, cancellationToken);
        if (found.Count == 0)
            return null;
        var known = items.Where(found.ContainsKey).Select(item => found[item]).ToList();
        for (var count = list.User.Count; ; count = (int)Math.Min(2L * count, int.MaxValue / 2))
        {
            var ranking = await ranker.RankAsync(known, count, cancellationToken);
            if (ranking is null or { Items.Count: 0 })
                return null;
            list.Offer(ranking.Items, ListSource.Realtime);
            await pipeline.SettleAsync(list, cancellationToken);
            if (list.IsFull || ranking.Items.Count < count)
                return (list, ranking.Model);
        }
    }
}
