using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Items.Indexing;

/// <summary>Makes an index of many items at once, or adds many items to one.</summary>
public sealed class ItemIndexBuilder(ItemIndex index)
{
    /// <summary>Items are sorted in when they are more than this, and than an eighth of the table.</summary>
    private const int MaximumUnsorted = 65_536;

    private readonly Dictionary<ItemId, IndexEntries?> _changes = [];
    private IndexTable _table = index.Sorted().Table;

    /// <summary>How many items there are, or more.</summary>
    public int Count => _table.Count + _changes.Count;

    /// <summary>Puts some items and deletes others.</summary>
    public void Add(IEnumerable<CatalogItem> put, IEnumerable<ItemId> deleted)
    {
        ArgumentNullException.ThrowIfNull(put);
        ArgumentNullException.ThrowIfNull(deleted);
        foreach (var item in deleted)
            _changes[item] = null;
        foreach (var item in put)
            _changes[item.ItemId] = IndexEntries.Of(item);
        if (_changes.Count > Math.Max(MaximumUnsorted, _table.Count / 8))
            Sort();
    }

    /// <summary>The index of all items so far.</summary>
    public ItemIndex Build()
    {
        Sort();
        return new(_table);
    }

    private void Sort()
    {
        if (_changes.Count > 0)
            _table = _table.With(_changes);
        _changes.Clear();
    }
}
