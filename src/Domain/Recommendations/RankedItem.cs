using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Recommendations;

/// <summary>
/// An item of a list, its score, and the items of the user's history that contributed most, greatest first.
/// </summary>
public sealed record RankedItem(ItemId ItemId, Score Score, IReadOnlyList<ItemId> Because)
{
    public RankedItem(ItemId itemId, Score score) : this(itemId, score, [])
    {
    }

    /// <summary>
    /// Where the item comes from if not from where its list comes from, such as a popular item that fills up a personal
    /// list; else null. Its score is then comparable with those of the same source only.
    /// </summary>
    public ListSource? Source { get; init; }

    public bool Equals(RankedItem? other) =>
        other is not null
        && ItemId == other.ItemId
        && Score == other.Score
        && Source == other.Source
        && Because.SequenceEqual(other.Because);

    public override int GetHashCode() => HashCode.Combine(ItemId, Score, Because.Count);
}
