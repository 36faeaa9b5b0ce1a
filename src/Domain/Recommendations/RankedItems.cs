using System.Collections;
using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Recommendations;

/// <summary>
/// A list of recommendations: ordered by score, distinct, at most k, none of the seen items unless repeats are allowed.
/// Items of another source (<see cref="RankedItem.Source"/>) follow in the order of that source.
/// </summary>
public sealed class RankedItems : IReadOnlyList<RankedItem>, IEquatable<RankedItems>
{
    /// <summary>How many items are stored for a user, unless configured otherwise.</summary>
    public const int DefaultStored = 100;

    /// <summary>How many items are shown, unless asked otherwise.</summary>
    public const int DefaultShown = 10;

    /// <summary>How many reasons of an item are stored, on every platform.</summary>
    public const int StoredReasons = 2;

    public static readonly RankedItems None = new([]);

    private readonly IReadOnlyList<RankedItem> _items;

    private RankedItems(IReadOnlyList<RankedItem> items) => _items = items;

    public int Count => _items.Count;

    public RankedItem this[int index] => _items[index];

    /// <summary>The item at a place.</summary>
    public ItemId IdAt(int index) => _items is StoredRanking stored ? stored.IdAt(index) : _items[index].ItemId;

    /// <summary>
    /// Makes a list of candidates: greatest score first, ties by item id; an item twice keeps its better score.
    /// </summary>
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

    /// <summary>
    /// Makes a list of candidates that a ranker put in order: greatest score first, equal scores in the order given, so
    /// that a longer list begins with the shorter one; an item twice keeps its better score.
    /// </summary>
    /// <param name="candidates">Equal scores in the order of the ranker.</param>
    /// <param name="limit">How many to keep at most.</param>
    /// <param name="seen">Items that the list must not hold.</param>
    public static RankedItems FromRanked(IEnumerable<RankedItem> candidates, int limit, IReadOnlySet<ItemId> seen)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(seen);
        return new((RankedItem[])[.. candidates
            .Where(candidate => !seen.Contains(candidate.ItemId))
            .OrderByDescending(candidate => candidate.Score)
            .DistinctBy(candidate => candidate.ItemId)
            .Take(limit)]);
    }

    /// <summary>A list that is ordered and distinct already, as one that was stored.</summary>
    /// <param name="items">Not to be changed any more.</param>
    public static RankedItems FromStored(IReadOnlyList<RankedItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new(items);
    }

    /// <summary>The first items of this list for which the test holds.</summary>
    public RankedItems Where(Func<RankedItem, bool> test, int limit) =>
        new((RankedItem[])[.. _items.Where(test).Take(limit)]);

    /// <summary>The first items of this list.</summary>
    public RankedItems First(int limit) => limit >= Count ? this : new((RankedItem[])[.. _items.Take(limit)]);

    /// <summary>The same items with the first of their reasons.</summary>
    public RankedItems WithReasons(int limit) =>
        _items.All(item => item.Because.Count <= limit)
            ? this
            : new(
                (RankedItem[])
                    [
                        .. _items.Select(item =>
                            item.Because.Count <= limit ? item : item with { Because = [.. item.Because.Take(limit)] }
                        ),
                    ]
            );

    public bool Equals(RankedItems? other) => other is not null && _items.SequenceEqual(other._items);

    public override bool Equals(object? obj) => Equals(obj as RankedItems);

    public override int GetHashCode() => HashCode.Combine(Count, Count > 0 ? _items[0] : null);

    public IEnumerator<RankedItem> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
