using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>Puts the catalogue's titles to ranked items.</summary>
internal static class ItemTitles
{
    internal static async Task<IReadOnlyList<ShownItem>> WithTitlesAsync(
        this IItemCatalog catalog, IReadOnlyList<RankedItem> items, CancellationToken cancellationToken)
    {
        var ids = new HashSet<ItemId>();
        foreach (var item in items)
        {
            ids.Add(item.ItemId);
            ids.UnionWith(item.Because);
        }
        var found = await catalog.FindAsync(ids, cancellationToken);
        return
        [
            .. items.Select(item => new ShownItem(
                item.ItemId,
                TitleOf(item.ItemId),
                item.Score,
                [.. item.Because.Select(reason => new TitledItem(reason, TitleOf(reason)))],
                item.Source
            )
            {
                Item = found.GetValueOrDefault(item.ItemId),
            }),
        ];

        string? TitleOf(ItemId id) => found.GetValueOrDefault(id)?.Title;
    }
}
