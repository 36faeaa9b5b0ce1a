using System.Collections;
using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Recommendations;

/// <summary>A list of recommendations: ordered by score, distinct, at most k, none of the seen items unless repeats are allowed.</summary>
public sealed class RankedItems : IReadOnlyList<RankedItem>, IEquatable<RankedItems>
{
    /// <summary>How many items are stored for a user, unless configured otherwise.</summary>
    public const int DefaultStored = 100;

    /// <summary>How many items are shown, unless asked otherwise.</summary>
    public const int DefaultShown = 10;

    public static readonly RankedItems None = new([]);

    private readonly IReadOnlyList<RankedItem> _items;

    private RankedItems(IReadOnlyList<RankedItem> items) => _items = items;

    public int Count => _items.Count;

    public RankedItem this[int index] => _items[index];

    /// <summary>Makes a list of candidates: greatest score first, ties by item id; an item twice keeps its better score.</summary>
    /// <param name="candidates">In any order.</param>
    /// <param name="limit">k: how many to keep at most.</param>
    /// <param name="seen">Items that the list must not hold; null or empty where repeats are allowed.</param>
    public static RankedItems From(IEnumerable<RankedItem> candidates, int limit, IReadOnlySet<ItemId>? seen = null)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return new((RankedItem[])[.. candidates
            .Where(candidate => seen is null || !seen.Contains(candidate.ItemId))
            .OrderByDescending(candidate => candidate.Score)
            .ThenBy(candidate => candidate.ItemId)
            .DistinctBy(candidate => candidate.ItemId)
            .Take(limit)]);
    }

    /// <summary>A list as it was stored: ordered and distinct already.</summary>
    /// <param name="items">Not to be changed any more.</param>
    public static RankedItems FromStored(IReadOnlyList<RankedItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new(items);
    }

    /// <summary>The first items of this list for which the test holds.</summary>
    public RankedItems Where(Func<RankedItem, bool> test, int limit) => new((RankedItem[])[.. _items.Where(test).Take(limit)]);

    /// <summary>The first items of this list.</summary>
    public RankedItems First(int limit) => limit >= Count ? this : new((RankedItem[])[.. _items.Take(limit)]);

    public bool Equals(RankedItems? other) => other is not null && _items.SequenceEqual(other._items);

    public override bool Equals(object? obj) => Equals(obj as RankedItems);

    public override int GetHashCode() => HashCode.Combine(Count, Count > 0 ? _items[0] : null);

    public IEnumerator<RankedItem> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
