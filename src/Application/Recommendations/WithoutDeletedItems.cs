using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>Leaves deleted items out of lists that were stored before.</summary>
internal static class WithoutDeletedItems
{
    /// <returns>The list without items and reasons that were deleted from the catalogue.</returns>
    internal static async Task<RecommendationList> WithoutDeletedAsync(
        this IItemCatalog catalog, RecommendationList list, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var unavailable = await catalog.UnavailableAsync(now, cancellationToken);
        var suspects = list.Items.SelectMany(item => item.Because.Prepend(item.ItemId)).Where(unavailable.Contains)
            .ToHashSet();
        if (suspects.Count == 0)
            return list;
        var found = await catalog.FindAsync(suspects, cancellationToken);
        suspects.ExceptWith(found.Keys);
        return suspects.Count == 0 ? list : list with { Items = Without(list.Items, suspects) };
    }

    private static RankedItems Without(RankedItems items, HashSet<ItemId> deleted) => RankedItems.FromStored(
    [
        .. items.Where(item => !deleted.Contains(item.ItemId))
            .Select(item => item with { Because = [.. item.Because.Where(reason => !deleted.Contains(reason))] }),
    ]);
}
