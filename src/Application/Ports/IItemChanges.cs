using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Ports;

/// <summary>
/// Follows every change of the catalogue, whoever makes it. Not registered on a platform that keeps no order of
/// changes.
/// </summary>
public interface IItemChanges
{
    /// <summary>Reads on in the order of the changes; first all items as they are.</summary>
    /// <param name="place">What the last call gave; null to begin.</param>
    /// <param name="limit">How many items to read at most, and as many deleted ones; 1 or more.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>
    /// What changed since: each item as it is now, however often it changed. Items may come again.
    /// </returns>
    Task<ChangedItems> ReadOnAsync(string? place, int limit, CancellationToken cancellationToken);
}

/// <summary>Items that were changed.</summary>
/// <param name="Put">Items that were added or changed.</param>
/// <param name="Deleted">Items that were deleted.</param>
/// <param name="Place">Where to read on.</param>
/// <param name="More">Whether there may be more.</param>
public sealed record ChangedItems(
    IReadOnlyList<CatalogItem> Put, IReadOnlyList<ItemId> Deleted, string Place, bool More);
