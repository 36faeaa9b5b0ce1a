using Recommendation.Domain.Items;

namespace Recommendation.Application.Ports;

/// <summary>The variants of products. Not registered on a platform that can't list its catalogue by groups.</summary>
public interface IItemGroups
{
    /// <summary>The groups of the items that are in the catalogue now, deleted ones left out.</summary>
    Task<ItemGroups> ReadAsync(CancellationToken cancellationToken);
}
