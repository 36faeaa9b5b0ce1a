using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Retrieval;

/// <summary>An eligible item.</summary>
/// <param name="Offer">The candidates that it was one of.</param>
/// <param name="At">Its place among them; that of another variant of it, which it stands in for.</param>
/// <param name="ItemId">The item.</param>
/// <param name="OfferSource">Where the candidates come from.</param>
/// <param name="End">The place after it in the sequence of candidates; default unless the list needs it.</param>
internal readonly record struct RetrievedItem(
    RankedItems Offer, int At, ItemId ItemId, ListSource OfferSource, SequencePlace End)
{
    /// <summary>The item as the catalogue has it; null if it was not looked up, or is not there.</summary>
    internal CatalogItem? Known { get; init; }

    /// <summary>Whether the item was looked up in the catalogue.</summary>
    internal bool IsLookedUp { get; init; }

    /// <summary>The item as its source ranked it. It may be made anew at each call.</summary>
    internal RankedItem Item => Offer[At] is var item && item.ItemId == ItemId ? item : item with { ItemId = ItemId };
}
