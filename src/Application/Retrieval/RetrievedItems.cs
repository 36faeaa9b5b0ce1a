using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Retrieval;

/// <summary>Makes lists of what was retrieved.</summary>
internal static class RetrievedItems
{
    /// <summary>A list comes from where its first item does.</summary>
    /// <param name="list">The list.</param>
    /// <param name="personal">Where an empty list comes from if the model ranked for it.</param>
    internal static ListSource SourceOf(this ListRetrieval list, ListSource personal) =>
        list.Chosen is [var first, ..] ? first.Item.Source ?? first.OfferSource
            : list.Kind == RankingKind.Ranked ? personal : ListSource.Popular;

    /// <summary>The first of the items; those of another source than the list's are marked with it.</summary>
    internal static RankedItems Truncate(this ListRetrieval list, int count, ListSource source)
    {
        var items = new RankedItem[Math.Min(count, list.Chosen.Count)];
        for (var i = 0; i < items.Length; i++)
            items[i] = list.Chosen[i].MarkedIn(source);
        return RankedItems.FromStored(items);
    }

    /// <summary>The item with what the catalogue says of it.</summary>
    /// <param name="item">The item.</param>
    /// <param name="found">What was found of the items that were looked up, this one among them.</param>
    internal static RetrievedItem LookedUpIn(
        this RetrievedItem item, IReadOnlyDictionary<ItemId, CatalogItem> found) =>
        item with { Known = found.GetValueOrDefault(item.ItemId), IsLookedUp = true };

    /// <summary>The item as it is in a list of a source: marked if it comes from another one.</summary>
    internal static RankedItem MarkedIn(this RetrievedItem retrieved, ListSource source)
    {
        var item = retrieved.Item;
        var origin = item.Source ?? retrieved.OfferSource;
        ListSource? mark = origin == source ? null : origin;
        return item.Source == mark ? item : item with { Source = mark };
    }
}
