using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Ports;

/// <summary>Reads the whole catalogue. Not registered on a platform that can't list its catalogue.</summary>
public interface IItemPages
{
    /// <summary>Reads on through the whole catalogue, in an order of its own that does not change.</summary>
    /// <param name="after">The last item of the page before; null for the first page.</param>
    /// <param name="limit">How many items to read at most.</param>
    /// <returns>The next items; empty at the end.</returns>
    Task<IReadOnlyList<CatalogItem>> ReadOnAsync(ItemId? after, int limit, CancellationToken cancellationToken);
}
