using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>
/// Every item of a stored history, however old, as a hash of 5 bytes with a bit for each type of interaction. Nothing
/// is ever taken out. A hash hides another item by mistake once in 10¹² pairs, and never lets one through.
/// </summary>
public sealed class ActedOnSet : IEquatable<ActedOnSet>
{
    /// <summary>
    /// How many types have a bit of their own; the last bit stands for all that came later, and always hides.
    /// </summary>
    public const int MaximumTypes = 63;

    public static readonly ActedOnSet Empty = new([], [], []);

    internal const ulong FurtherTypes = 1UL << MaximumTypes;
    internal const ulong GreatestHash = (1UL << 40) - 1;

    private readonly InteractionType[] _types;
    private readonly ulong[] _hashes;
    private readonly ulong[] _marks;

    internal ActedOnSet(InteractionType[] types, ulong[] hashes, ulong[] marks) =>
        (_types, _hashes, _marks) = (types, hashes, marks);

    /// <summary>How many items there are.</summary>
    public int Count => _hashes.Length;

    /// <summary>The types that have a bit, in their order.</summary>
    internal ReadOnlySpan<InteractionType> Types => _types;

    /// <summary>The items' hashes, ascending.</summary>
    internal ReadOnlySpan<ulong> Hashes => _hashes;

    /// <summary>The bits of each item's types.</summary>
    internal ReadOnlySpan<ulong> Marks => _marks;

    public bool Equals(ActedOnSet? other) =>
        other is not null
        && Types.SequenceEqual(other._types)
        && Hashes.SequenceEqual(other._hashes)
        && Marks.SequenceEqual(other._marks);

    public override bool Equals(object? obj) => Equals(obj as ActedOnSet);

    public override int GetHashCode() => HashCode.Combine(Count, _types.Length);

    /// <summary>The bits of the types that hide an item.</summary>
    internal ulong MaskOf(Func<InteractionType, bool> hides)
    {
        var mask = FurtherTypes;
        for (var i = 0; i < _types.Length; i++)
            mask |= hides(_types[i]) ? 1UL << i : 0;
        return mask;
    }

    internal bool Contains(ItemId item, ulong mask) =>
        Array.BinarySearch(_hashes, HashOf(item)) is >= 0 and var place && (_marks[place] & mask) != 0;

    /// <summary>This set and the items of the entries.</summary>
    internal ActedOnSet With(ReadOnlySpan<HistoryEntry> entries)
    {
        if (entries.IsEmpty)
            return this;
        var types = WithTypes(entries);
        var added = new (ulong Hash, ulong Mark)[entries.Length];
        for (var i = 0; i < added.Length; i++)
            added[i] = (
                HashOf(entries[i].ItemId),
                Array.BinarySearch(types, entries[i].Type) is >= 0 and var bit ? 1UL << bit : FurtherTypes
            );
        Array.Sort(added);
        return Merged(types, added);
    }

    private static ulong HashOf(ItemId item) => StableHash.Of(item.Value) >> 24;

    private InteractionType[] WithTypes(ReadOnlySpan<HistoryEntry> entries)
    {
        var types = _types;
        foreach (var entry in entries)
        {
            if (types.Length == MaximumTypes)
                break;
            var place = Array.BinarySearch(types, entry.Type);
            if (place < 0)
                types = [.. types[..~place], entry.Type, .. types[~place..]];
        }
        return types;
    }

    private ActedOnSet Merged(InteractionType[] types, (ulong Hash, ulong Mark)[] added)
    {
        var (hashes, marks) = (new ulong[Count + added.Length], new ulong[Count + added.Length]);
        var (count, old) = (0, 0);
        foreach (var (hash, mark) in added)
        {
            for (; old < Count && _hashes[old] <= hash; old++)
                Add(_hashes[old], Renumbered(_marks[old], types));
            Add(hash, mark);
        }
        for (; old < Count; old++)
            Add(_hashes[old], Renumbered(_marks[old], types));
        return new(types, hashes[..count], marks[..count]);

        void Add(ulong hash, ulong mark)
        {
            if (count > 0 && hashes[count - 1] == hash)
                marks[count - 1] |= mark;
            else
                (hashes[count], marks[count++]) = (hash, mark);
        }
    }

    /// <summary>The same types' bits where types have come between them.</summary>
    private ulong Renumbered(ulong mark, InteractionType[] types)
    {
        if (ReferenceEquals(types, _types))
            return mark;
        var renumbered = mark & FurtherTypes;
        for (var i = 0; i < _types.Length; i++)
        {
            if ((mark & (1UL << i)) != 0)
                renumbered |= 1UL << Array.BinarySearch(types, _types[i]);
        }
        return renumbered;
    }
}
