using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Modeling.Serving;

/// <summary>Follows the catalogue, and collects the items that a model does not know. For one thread at a
/// time.</summary>
internal sealed class AddedItems(IItemArrivals arrivals, IItemCatalog catalogue)
{
    private const int PageLength = 10_000;
    private const int FoundAtOnce = 1_000;

    /// <summary>How many items are placed between two trainings, the newest.</summary>
    private const int MaximumItems = 10_000;

    private readonly HashSet<ItemId> _seen = [];
    private string? _place;

    /// <summary>All that were added and are in the catalogue, the oldest first.</summary>
    public IReadOnlyList<CatalogItem> Items { get; private set; } = [];

    /// <summary>Reads on.</summary>
    /// <returns>Whether there are more items now.</returns>
    public async Task<bool> ReadOnAsync(Func<ItemId, bool> isKnown, CancellationToken cancellationToken)
    {
        var (place, added, unknown) = (_place, new List<ItemId>(), new HashSet<ItemId>());
        for (var isEnd = false; !isEnd;)
        {
            var read = await arrivals.ReadOnAsync(place, PageLength, cancellationToken);
            place = read.Place;
            added.AddRange(read.Items.Where(item => !isKnown(item) && !_seen.Contains(item) && unknown.Add(item)));
            if (added.Count > MaximumItems)
                added.RemoveRange(0, added.Count - MaximumItems);
            isEnd = read.Items.Count < PageLength;
        }
        var found = await FindAsync(added, cancellationToken);
        // Only now, so that a call that fails is repeated whole.
        _seen.UnionWith(unknown);
        _place = place;
        if (found.Count == 0)
            return false;
        Items = [.. Items.Concat(found).Skip(Items.Count + found.Count - MaximumItems)];
        return true;
    }

    private async Task<List<CatalogItem>> FindAsync(List<ItemId> added, CancellationToken cancellationToken)
    {
        var found = new List<CatalogItem>(added.Count);
        foreach (var ids in added.Chunk(FoundAtOnce))
        {
            var items = await catalogue.FindAsync(ids, cancellationToken);
            found.AddRange(ids.Where(items.ContainsKey).Select(id => items[id]));
        }
        return found;
    }
}
