using System.Collections;
using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Recommendations;

/// <summary>Ranked items that are made when they are asked for. Their ids cost less than the items.</summary>
public abstract class StoredRanking : IReadOnlyList<RankedItem>
{
    /// <inheritdoc/>
    public abstract int Count { get; }

    /// <inheritdoc/>
    public abstract RankedItem this[int index] { get; }

    /// <summary>The id of the item at a place.</summary>
    public abstract ItemId IdAt(int index);

    /// <inheritdoc/>
    public IEnumerator<RankedItem> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
