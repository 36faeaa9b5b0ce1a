using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Items.Indexing;

/// <summary>
/// The sorted part of an index; it is never changed. Each field is one sorted array of 64-bit entries, a key of 40 bits
/// and the number of an item, so a value costs 8 bytes.
/// </summary>
internal sealed class IndexTable
{
    internal const int NumberBits = 64 - IndexKeys.Bits;

    /// <summary>How many items an index can number.</summary>
    internal const int MaximumItems = 1 << NumberBits;

    internal static readonly IndexTable Empty = new([], new(StringComparer.Ordinal), 0);

    private readonly ItemId[] _items;
    private readonly Dictionary<string, ulong[]> _fields;

    private IndexTable(ItemId[] items, Dictionary<string, ulong[]> fields, int count) =>
        (_items, _fields, Count) = (items, fields, count);

    /// <summary>How many items there are.</summary>
    internal int Count { get; }

    /// <summary>How many numbers there are; those of deleted items have no item.</summary>
    internal int Numbers => _items.Length;

    /// <summary>About how many bytes the arrays have.</summary>
    internal long Bytes => _fields.Values.Sum(entries => 8L * entries.Length) + (8L * _items.Length);

    /// <returns>Null for the number of a deleted item.</returns>
    internal ItemId? ItemAt(int number) => _items[number].Value is null ? null : _items[number];

    internal ReadOnlySpan<ulong> Find(string field, ulong from, ulong to)
    {
        if (!_fields.TryGetValue(field, out var entries) || from > to)
            return [];
        var start = LowerBound(entries, from << NumberBits);
        var end = to == IndexKeys.Any ? entries.Length : LowerBound(entries, (to + 1) << NumberBits);
        return entries.AsSpan(start..end);
    }

    internal static int NumberOf(ulong entry) => (int)(entry & (MaximumItems - 1));

    /// <summary>The table after some items were changed, added, or deleted (null).</summary>
    internal IndexTable With(IReadOnlyCollection<KeyValuePair<ItemId, IndexEntries?>> changes)
    {
        var replaced = new bool[_items.Length];
        var items = new List<ItemId>(_items);
        var free = new Queue<int>();
        foreach (var (item, _) in changes)
        {
            if (NumberOf(item) is not { } number)
                continue;
            replaced[number] = true;
            items[number] = default;
        }
        for (var number = 0; number < items.Count; number++)
        {
            if (items[number].Value is null)
                free.Enqueue(number);
        }
        var added = new Dictionary<string, List<ulong>>(StringComparer.Ordinal);
        foreach (var (item, entries) in changes)
        {
            if (entries is null)
                continue;
            if (!free.TryDequeue(out var number))
            {
                number = items.Count;
                items.Add(default);
            }
            items[number] = item;
            foreach (var (field, key) in entries.All)
            {
                if (!added.TryGetValue(field, out var ofField))
                    added.Add(field, ofField = []);
                ofField.Add((key << NumberBits) | (uint)number);
            }
        }
        var fields = new Dictionary<string, ulong[]>(StringComparer.Ordinal);
        foreach (var field in _fields.Keys.Union(added.Keys, StringComparer.Ordinal))
        {
            var merged = Merge(_fields.GetValueOrDefault(field) ?? [], added.GetValueOrDefault(field), replaced);
            if (merged.Length > 0)
                fields.Add(field, merged);
        }
        return new([.. items], fields, items.Count - free.Count);
    }

    private int? NumberOf(ItemId item)
    {
        var key = IndexKeys.Of(item.Value);
        foreach (var entry in Find("itemId", key, key))
        {
            if (_items[NumberOf(entry)] == item)
                return NumberOf(entry);
        }
        return null;
    }

    private static ulong[] Merge(ulong[] before, List<ulong>? added, bool[] replaced)
    {
        added?.Sort();
        var kept = before.Length;
        foreach (var entry in before)
            kept -= replaced[NumberOf(entry)] ? 1 : 0;
        if (kept == before.Length && added is null)
            return before;
        var merged = new ulong[kept + (added?.Count ?? 0)];
        var (at, next) = (0, 0);
        foreach (var entry in before)
        {
            if (replaced[NumberOf(entry)])
                continue;
            for (; next < added?.Count && added[next] < entry; next++)
                merged[at++] = added[next];
            merged[at++] = entry;
        }
        for (; next < added?.Count; next++)
            merged[at++] = added[next];
        return merged;
    }

    private static int LowerBound(ulong[] entries, ulong value)
    {
        var (low, high) = (0, entries.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (entries[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
