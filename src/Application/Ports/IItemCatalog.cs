using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Ports;

/// <summary>Optional titles, categories and availability of items.</summary>
public interface IItemCatalog
{
    /// <summary>Adds or replaces items.</summary>
    Task PutAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken);

    /// <summary>
    /// Adds items that are missing, and changes what is said of the others, each whoever changes it meanwhile.
    /// </summary>
    /// <param name="changes">One for each item.</param>
    Task MergeAsync(IReadOnlyList<ItemChange> changes, CancellationToken cancellationToken);

    /// <summary>
    /// Adds items that are missing, and the title or the categories where an item has none. Never changes what is
    /// known, nor the availability of a known item. Of an item given twice, the first says what the
    /// second does not change.
    /// </summary>
    Task FillAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken);

    /// <returns>The items found; unknown ones are absent (and count as available).</returns>
    Task<IReadOnlyDictionary<ItemId, CatalogItem>> FindAsync(
        IReadOnlyCollection<ItemId> items,
        CancellationToken cancellationToken
    );

    /// <summary>The items that must not be recommended now.</summary>
    Task<IReadOnlySet<ItemId>> UnavailableAsync(CancellationToken cancellationToken);
}
