using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>
/// Every item that a user had an interaction with of a type that hides the item; complete, however long ago.
/// </summary>
public abstract class ActedOnItems
{
    /// <summary>
    /// Whether the item must not be offered again. Never false for such an item; true by mistake for one item in 10¹²
    /// per item of the set.
    /// </summary>
    public abstract bool Contains(ItemId item);

    /// <summary>The items of a set.</summary>
    public static ActedOnItems Of(IReadOnlySet<ItemId> items) => new KnownItems(items);

    private sealed class KnownItems(IReadOnlySet<ItemId> items) : ActedOnItems
    {
        public override bool Contains(ItemId item) => items.Contains(item);
    }
}
