using System.Collections.Concurrent;
using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Items.Indexing;

/// <summary>
/// An index over the values of items, as it is at one time: a large sorted table, and the changes since it was made.
/// What a selector selects in it holds every item for which the condition holds.
/// </summary>
/// <remarks>
/// A value of an attribute costs 8 bytes, at most <see cref="IndexEntries.MaximumTexts"/> texts of a list are kept, and
/// an item costs 8 bytes more than its id: 0.25 KB for an item with 20 attributes.
/// </remarks>
public sealed class ItemIndex
{
    /// <summary>How many items an index can hold.</summary>
    public const int MaximumItems = IndexTable.MaximumItems - 1;

    /// <summary>How many items of selections are kept for the next request with the same condition.</summary>
    private const int KeptItems = 200_000;

    /// <summary>The changes are sorted into the table when they are more than this, and than a 64th of it.</summary>
    private const int MaximumChanges = 4_096;

    private readonly IndexTable _table;
    private readonly Dictionary<ItemId, IndexEntries?> _changes;
    private readonly IndexSelection _selection;
    private readonly ConcurrentDictionary<(ItemSelector, int), IReadOnlySet<ItemId>?> _kept = new();
    private int _keptItems;

    private ItemIndex(IndexTable table, Dictionary<ItemId, IndexEntries?> changes)
    {
        (_table, _changes) = (table, changes);
        _selection = new IndexSelection(table);
    }

    internal ItemIndex(IndexTable table)
        : this(table, [])
    {
    }

    /// <summary>An index without items.</summary>
    public static ItemIndex Empty { get; } = new(IndexTable.Empty, []);

    /// <summary>About how many items there are.</summary>
    public int Count => _table.Count + _changes.Count;

    /// <summary>About how many bytes the index has, apart from the texts of ids.</summary>
    public long Bytes => _table.Bytes;

    internal IndexTable Table => _table;

    /// <summary>Whether so many changes came in that <see cref="Sorted"/> is worth it.</summary>
    public bool IsUnsorted => _changes.Count > Math.Max(MaximumChanges, _table.Count / 64);

    /// <summary>The index after some items were put and others deleted.</summary>
    public ItemIndex With(IEnumerable<CatalogItem> put, IEnumerable<ItemId> deleted)
    {
        ArgumentNullException.ThrowIfNull(put);
        ArgumentNullException.ThrowIfNull(deleted);
        var changes = new Dictionary<ItemId, IndexEntries?>(_changes);
        foreach (var item in deleted)
            changes[item] = null;
        foreach (var item in put)
            changes[item.ItemId] = IndexEntries.Of(item);
        return new(_table, changes);
    }

    /// <summary>The same index with all changes in the sorted table. Takes a time that grows with the table.</summary>
    public ItemIndex Sorted() => _changes.Count == 0 ? this : new(_table.With(_changes), []);

    /// <summary>The share of items that a selector is likely to select, from 0 to 1.</summary>
    public double ShareOf(ItemSelector selector) => _selection.ShareOf(selector);

    /// <summary>The items that a selector selects, or more.</summary>
    /// <returns>Null if they are more than the limit.</returns>
    public IReadOnlySet<ItemId>? Select(ItemSelector selector, int limit)
    {
        if (_kept.TryGetValue((selector, limit), out var known))
            return known;
        var found = Find(selector, limit);
        if (Interlocked.Add(ref _keptItems, 1 + (found?.Count ?? 0)) > KeptItems)
        {
            _kept.Clear();
            Interlocked.Exchange(ref _keptItems, found?.Count ?? 0);
        }
        _kept[(selector, limit)] = found;
        return found;
    }

    private HashSet<ItemId>? Find(ItemSelector selector, int limit)
    {
        if (_selection.Select(selector, limit + _changes.Count) is not { } numbers)
            return null;
        var items = new HashSet<ItemId>(numbers.Count);
        foreach (var number in numbers)
        {
            if (_table.ItemAt(number) is { } item && !_changes.ContainsKey(item))
                items.Add(item);
        }
        foreach (var (item, entries) in _changes)
        {
            if (entries?.Match(selector) == true)
                items.Add(item);
        }
        return items.Count <= limit ? items : null;
    }
}
