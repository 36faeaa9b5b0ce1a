using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>
/// What a list is ranked from: the newest <see cref="MaximumItems"/> distinct items of a user, each with its
/// interactions by type. The nightly run, requests, the container, evaluation and explanations all use this type, made
/// by <see cref="Create"/>, so their lists agree. Newest item first (ties by item id), the types of an item newest
/// first (ties by type); so the order in which interactions arrived does not matter.
/// </summary>
[CollectionBuilder(typeof(UserHistory), nameof(Create))]
public sealed class UserHistory : IReadOnlyList<HistoryEntry>, IEquatable<UserHistory>
{
    /// <summary>How many distinct items a history holds at most.</summary>
    public const int MaximumItems = 500;

    public static readonly UserHistory Empty = new([]);

    private readonly HistoryEntry[] _entries;

    private UserHistory(HistoryEntry[] entries) => _entries = entries;

    public int Count => _entries.Length;

    public HistoryEntry this[int index] => _entries[index];

    public ReadOnlySpan<HistoryEntry> Entries => _entries;

    /// <summary>Makes a history of entries in any order; entries of one item and type are added up.</summary>
    public static UserHistory Create(ReadOnlySpan<HistoryEntry> entries)
    {
        if (entries.IsEmpty)
            return Empty;
        var sums = new Dictionary<(ItemId, InteractionType), HistoryEntry>(entries.Length);
        var newest = new Dictionary<ItemId, DateTimeOffset>(entries.Length);
        foreach (var entry in entries)
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(
                sums,
                (entry.ItemId, entry.Type),
                out var known
            );
            sum = known ? sum.Add(entry) : entry;
            ref var at = ref CollectionsMarshal.GetValueRefOrAddDefault(newest, entry.ItemId, out known);
            if (!known || at < entry.At)
                at = entry.At;
        }
        var (sorted, keys) = (new HistoryEntry[sums.Count], new SortKey[sums.Count]);
        var next = 0;
        foreach (var sum in sums.Values)
        {
            sorted[next] = sum;
            keys[next++] = new(newest[sum.ItemId].UtcTicks, sum.ItemId, sum.At.UtcTicks, sum.Type);
        }
        Array.Sort(keys, sorted);
        return new(newest.Count > MaximumItems ? Cut(sorted) : sorted);
    }

    public static UserHistory From(IEnumerable<HistoryEntry> entries) => Create([.. entries]);

    public static UserHistory From(IEnumerable<Interaction> interactions) =>
        Create([.. interactions.Select(HistoryEntry.FromInteraction)]);

    /// <summary>This history and other entries.</summary>
    public UserHistory With(IEnumerable<HistoryEntry> entries) => Create([.. _entries, .. entries]);

    public bool Equals(UserHistory? other) => other is not null && _entries.AsSpan().SequenceEqual(other._entries);

    public override bool Equals(object? obj) => Equals(obj as UserHistory);

    public override int GetHashCode() => HashCode.Combine(Count, Count > 0 ? _entries[0] : default);

    public IEnumerator<HistoryEntry> GetEnumerator() => ((IEnumerable<HistoryEntry>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Takes back entries that were stored in the order of <see cref="Create"/>.</summary>
    internal static UserHistory FromStored(HistoryEntry[] sorted) => sorted.Length == 0 ? Empty : new(sorted);

    private static HistoryEntry[] Cut(HistoryEntry[] sorted)
    {
        var items = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if ((i == 0 || sorted[i].ItemId != sorted[i - 1].ItemId) && ++items > MaximumItems)
                return sorted[..i];
        }
        return sorted;
    }

    /// <summary>
    /// Newest item first, then its newest type: made once an entry, so that a comparison looks nothing up.
    /// </summary>
    private readonly record struct SortKey(long Newest, ItemId Item, long At, InteractionType Type)
        : IComparable<SortKey>
    {
        public int CompareTo(SortKey other)
        {
            var order = other.Newest.CompareTo(Newest);
            if (order == 0)
                order = Item.CompareTo(other.Item);
            if (order == 0)
                order = other.At.CompareTo(At);
            return order == 0 ? Type.CompareTo(other.Type) : order;
        }
    }
}
