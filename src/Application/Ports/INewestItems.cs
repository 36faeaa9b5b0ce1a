using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Ports;

/// <summary>Items by their age. Not registered on a platform that can't list its catalogue.</summary>
public interface INewestItems
{
    /// <summary>The items of which <see cref="CatalogItem.CreatedAt"/> is known and not after a time.</summary>
    /// <returns>The newest first; of the same age by id. Fewer than the limit only if there are no more.</returns>
    Task<IReadOnlyList<ItemId>> ReadNewestAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}
