using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Retrieval;

/// <summary>The variants of products, where the settings count them as one item.</summary>
internal sealed class Variants(
    IEnumerable<IItemGroups> groups, RecommendationOptions options, ILogger<Variants> logger)
{
    private readonly IItemGroups? _groups = groups.LastOrDefault();
    private int _warned;

    /// <summary>Whether lists hold at most one variant of a product.</summary>
    internal bool CountAsOne => options.VariantsAsOne && _groups is not null;

    /// <summary>The groups as they are now; none if each variant is an item of its own.</summary>
    /// <exception cref="UnavailableException">The catalogue can't be read.</exception>
    internal async ValueTask<ItemGroups> FindAsync(CancellationToken cancellationToken)
    {
        if (!options.VariantsAsOne)
            return ItemGroups.None;
        if (_groups is not null)
            return await _groups.ReadAsync(cancellationToken);
        if (Interlocked.Exchange(ref _warned, 1) == 0)
        {
            logger.LogWarning(
                "The setting catalogue.variantsAsOne has no effect: this platform does not know the groups of items");
        }
        return ItemGroups.None;
    }
}
