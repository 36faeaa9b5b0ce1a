using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Ports;

/// <summary>What is known of items beside the interactions with them.</summary>
public interface IItemCatalog
{
    /// <summary>Adds or replaces items, also such as were deleted.</summary>
    Task PutAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken);

    /// <summary>
    /// Adds items that are missing or were deleted, and changes what is said of the others, each whoever changes it
    /// meanwhile.
    /// </summary>
    /// <param name="changes">One for each item.</param>
    /// <returns>
    /// The items that were not changed since they would hold more than <see cref="ItemRules"/> allow, with the reason.
    /// </returns>
    Task<IReadOnlyDictionary<ItemId, string>> MergeAsync(
        IReadOnlyList<ItemChange> changes,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Adds items that are missing, and the title or the categories where an item has none. Never changes what is
    /// known, nor the availability of a known item, and leaves deleted items deleted. Of an item given twice, the first
    /// says what the second does not change.
    /// </summary>
    Task FillAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken);

    /// <returns>The items found; unknown and deleted ones are absent (unknown ones count as available).</returns>
    Task<IReadOnlyDictionary<ItemId, CatalogItem>> FindAsync(
        IReadOnlyCollection<ItemId> items,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// The items that must not be recommended: not available, deleted, expired, or not to be offered before a later
    /// time.
    /// </summary>
    Task<IReadOnlySet<ItemId>> UnavailableAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
