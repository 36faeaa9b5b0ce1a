using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Items;

/// <summary>
/// Which items are variants of one product: those that name the same <see cref="CatalogItem.Group"/>. Groups of one
/// item are left out.
/// </summary>
public sealed class ItemGroups
{
    /// <summary>No item has a variant.</summary>
    public static readonly ItemGroups None = new([]);

    private readonly Dictionary<ItemId, ItemId[]> _variants;

    private ItemGroups(Dictionary<ItemId, ItemId[]> variants) => _variants = variants;

    /// <summary>How many items have variants.</summary>
    public int Count => _variants.Count;

    /// <summary>The items that have variants.</summary>
    public IReadOnlyCollection<ItemId> Items => _variants.Keys;

    /// <param name="items">Distinct items with the groups that they name.</param>
    public static ItemGroups Of(IEnumerable<(ItemId Item, string Group)> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var variants = new Dictionary<ItemId, ItemId[]>();
        foreach (var group in items.GroupBy(one => one.Group, one => one.Item, StringComparer.Ordinal))
        {
            // The main variant gives the group its name.
            ItemId[] members =
            [
                .. group.OrderByDescending(item => string.Equals(item.Value, group.Key, StringComparison.Ordinal))
                    .ThenBy(item => item),
            ];
            if (members.Length == 1)
                continue;
            foreach (var member in members)
                variants.Add(member, members);
        }
        return variants.Count == 0 ? None : new(variants);
    }

    /// <returns>All variants of an item, itself among them: the main one first, then by id. Empty if there are no
    /// others.</returns>
    public IReadOnlyList<ItemId> VariantsOf(ItemId item) => _variants.GetValueOrDefault(item, []);

    /// <summary>Whether an item has other variants.</summary>
    public bool Contains(ItemId item) => _variants.ContainsKey(item);

    /// <summary>The variant that stands for all of its group: the one that the group is named by, else the first by id.
    /// An item without others stands for itself.</summary>
    public ItemId MainOf(ItemId item) => _variants.TryGetValue(item, out var members) ? members[0] : item;
}
