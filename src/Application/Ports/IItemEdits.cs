using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Ports;

/// <summary>Changes of items of the catalogue that are known.</summary>
public interface IItemEdits
{
    /// <summary>Changes what is said of an item, whoever changes it meanwhile. Never adds an item.</summary>
    Task<PatchOutcome> PatchAsync(ItemChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Removes items from the catalogue. A deleted item, also one that the catalogue never had, is unavailable until it
    /// is put or merged again.
    /// </summary>
    Task DeleteAsync(IReadOnlyCollection<ItemId> items, CancellationToken cancellationToken);
}

/// <summary>How the change of an item ended.</summary>
/// <param name="Item">The item as it is now; null if the catalogue has none, or if it was not changed.</param>
/// <param name="Problem">Why the item was not changed although it is known; null if nothing is wrong.</param>
public readonly record struct PatchOutcome(CatalogItem? Item, string? Problem = null);
