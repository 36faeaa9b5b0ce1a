using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>Puts the catalogue's titles to ranked items, and leaves out reasons that were deleted.</summary>
internal static class ItemTitles
{
    internal static async Task<IReadOnlyList<ShownItem>> WithTitlesAsync(
        this IItemCatalog catalog, IReadOnlyList<RankedItem> items, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var ids = new HashSet<ItemId>();
        foreach (var item in items)
        {
            ids.Add(item.ItemId);
            ids.UnionWith(item.Because);
        }
        var found = await catalog.FindAsync(ids, cancellationToken);
        // Neither the catalogue nor its list of deleted items has an item that was never put.
        var unavailable = ids.Count > found.Count ? await catalog.UnavailableAsync(now, cancellationToken) : null;
        return
        [
            .. items.Select(item => new ShownItem(
                item.ItemId,
                TitleOf(item.ItemId),
                item.Score,
                [.. item.Because.Where(IsNamed).Select(reason => new TitledItem(reason, TitleOf(reason)))],
                item.Source
            )
            {
                Item = found.GetValueOrDefault(item.ItemId),
            }),
        ];

        bool IsNamed(ItemId id) => unavailable is null || found.ContainsKey(id) || !unavailable.Contains(id);

        string? TitleOf(ItemId id) => found.GetValueOrDefault(id)?.Title;
    }
}
