using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Ports;

/// <summary>
/// Follows which items are added to the catalogue. Not registered on a platform whose catalogue keeps no order of
/// arrival.
/// </summary>
public interface IItemArrivals
{
    /// <summary>Reads on in the order in which items were added.</summary>
    /// <param name="place">What the last call gave; null to begin.</param>
    /// <param name="limit">How many items to read at most; 1 or more.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The next items; empty if none were added since. Items may come again.</returns>
    Task<ItemArrivals> ReadOnAsync(string? place, int limit, CancellationToken cancellationToken);
}

/// <summary>Items that were added.</summary>
/// <param name="Items">The oldest first.</param>
/// <param name="Place">Where to read on.</param>
public sealed record ItemArrivals(IReadOnlyList<ItemId> Items, string? Place);
