using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Recommendations;

/// <summary>What a reader wants of a list.</summary>
/// <param name="Exclude">Items that must not be in it; null for none.</param>
/// <param name="Categories"> An item must be of one of these at least, as the catalogue writes them, whatever their
/// capitals; null or empty for any item. Items that the catalogue does not know have no category.
/// </param>
/// <param name="Seen">What earlier pages showed; null for the first page.</param>
public sealed record ListFilter(
    IReadOnlySet<ItemId>? Exclude = null, IReadOnlyCollection<string>? Categories = null, SeenItemsCursor? Seen = null)
{
    public static readonly ListFilter None = new();

    /// <summary>What an item must be, as the catalogue has it; null for anything.</summary>
    internal Func<CatalogItem?, bool>? Condition { get; init; }

    /// <summary>What an index can tell of <see cref="Condition"/>; null for nothing.</summary>
    internal Func<ItemSelector>? ConditionSelector { get; init; }

    /// <summary>What an index can tell of what an item must be, as the catalogue has it.</summary>
    internal ItemSelector Selector
    {
        get
        {
            var condition = ConditionSelector?.Invoke() ?? ItemSelector.All;
            return HasCategories
                ? condition.And(Categories!.Select(ItemSelector.OfCategory).Aggregate((one, other) => one.Or(other)))
                : condition;
        }
    }

    /// <summary>The only items that may be in the list; null for any.</summary>
    internal IReadOnlySet<ItemId>? Only { get; init; }

    /// <summary>Whether items that the user acted on may be in the list; null for what the settings say.</summary>
    internal bool? Repeats { get; init; }

    internal bool HasCategories => Categories is { Count: > 0 };

    /// <summary>Whether the catalogue must be asked whether an item passes.</summary>
    internal bool NeedsCatalogue => HasCategories || Condition is not null;

    /// <summary>At most how many items the filter takes out, categories apart.</summary>
    internal int Removed => (Exclude?.Count ?? 0) + (Seen?.Count ?? 0) + (Seen?.Place?.Candidates ?? 0);

    /// <summary>The items that the list starts from, such as a basket; null for none. No variant of them is offered.
    /// </summary>
    internal IReadOnlySet<ItemId>? Start { get; init; }

    /// <summary>The same filter of a list that starts from some items, and leaves them out.</summary>
    internal ListFilter StartingFrom(IReadOnlyCollection<ItemId> items) => this with
    {
        Exclude = new HashSet<ItemId>((Exclude ?? Enumerable.Empty<ItemId>()).Concat(items)),
        Start = items.ToHashSet(),
    };

    /// <summary>Whether the reader knows the item from the list already: no variant of it is news.</summary>
    internal bool IsKnown(ItemId item) => Seen?.Contains(item) == true || Start?.Contains(item) == true;

    /// <summary>A hash of all but the earlier pages: a place in one list is none in another.</summary>
    internal ulong Stamp()
    {
        var stamp = 0UL;
        foreach (var item in Exclude ?? Enumerable.Empty<ItemId>())
            stamp = unchecked(stamp + StableHash.Of("exclude " + item.Value));
        foreach (var category in Categories ?? [])
            stamp = unchecked(stamp + StableHash.Of("category " + category.ToUpperInvariant()));
        return stamp;
    }

    /// <summary>Whether the item passes, apart from what the catalogue says of it.</summary>
    internal bool Passes(ItemId item) =>
        Exclude?.Contains(item) != true && Seen?.Contains(item) != true && Only?.Contains(item) != false;

    /// <param name="item">Null if the catalogue does not know it.</param>
    internal bool PassesAs(CatalogItem? item) =>
        PassesCategories(item) && (Condition is null || Condition(item));

    private bool PassesCategories(CatalogItem? item) => !HasCategories
        || item?.Categories.Any(category => Categories!.Any(wanted => CategoryPath.Matches(category, wanted))) == true;
}
