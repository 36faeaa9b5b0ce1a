using Recommendation.Application.Ports;
using Recommendation.Application.Retrieval;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Scenarios;

/// <summary>Gives the newest items of the catalogue, newest first.</summary>
internal sealed class NewestSource(
    IEnumerable<INewestItems> items, RetrievalPipeline pipeline, RecommendationOptions options)
{
    private const int FirstItems = 200;

    /// <summary>So many items are looked through; a filter may let few of them pass.</summary>
    private const int MostItems = 51_200;

    /// <param name="list">The list to fill.</param>
    /// <param name="now">The time of the request.</param>
    /// <param name="fillsUp">Whether popular items fill the list up.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RefusedException">The platform does not know the age of items.</exception>
    /// <exception cref="RankerUnavailableException">There is nothing to show without the ranker.</exception>
    internal async Task FillAsync(
        ListRetrieval list, DateTimeOffset now, bool fillsUp, CancellationToken cancellationToken)
    {
        var catalogue = items.LastOrDefault() ?? throw RefusedException.Unsupported(
            "The newest items can't be listed here. Choose another source for the scenario.");
        for (var limit = FirstItems; !list.IsFull && limit <= MostItems; limit *= 4)
        {
            var newest = await catalogue.ReadNewestAsync(now, limit, cancellationToken);
            var ranked = newest.Select((item, place) => new RankedItem(item, Score.Of(1.0 / (place + 1))));
            await pipeline.OfferAsync(
                list, RankedItems.FromStored([.. ranked]), ListSource.Realtime, cancellationToken);
            if (newest.Count < limit)
                break;
        }
        if (list.IsFull || !fillsUp)
            return;
        try
        {
            var context = new RetrievalContext(Model: null, now, Budget: options.FirstListBudget);
            await pipeline.RetrieveAsync([list], context, cancellationToken);
        }
        catch (RankerUnavailableException) when (list.Chosen.Count > 0)
        {
            // The list is shorter than it would be.
            list.IsCutShort = true;
        }
    }
}
