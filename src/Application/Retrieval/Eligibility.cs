using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Retrieval;

/// <summary>Which items may be in a list. Every list, and every explanation of one, asks this.</summary>
/// <param name="Unavailable">What the catalogue says must not be recommended now.</param>
/// <param name="ActedOn">
/// What must not be offered again; null if repeats are allowed, or if the list is of no user.
/// </param>
/// <param name="Filter">What the reader wants.</param>
internal sealed record Eligibility(IReadOnlySet<ItemId> Unavailable, ActedOnItems? ActedOn, ListFilter Filter)
{
    /// <summary>One more item that must not be in the list; null for none.</summary>
    internal ItemId? Without { get; init; }

    /// <summary>Which items are variants of one product, of which a list holds one at most; none by default.</summary>
    internal ItemGroups Variants { get; init; } = ItemGroups.None;

    /// <summary>The most unavailable items that a ranker is told of.</summary>
    internal const int MostTold = 1000;

    /// <summary>
    /// What a ranker is told to leave out: not an item in whose place another variant may be shown. Few items are left
    /// out at once; many would cost each request more than the rest of it, so they are left out of its answer here, and
    /// the ranker is asked for more where that leaves a list short.
    /// </summary>
    internal static IReadOnlyCollection<ItemId> ToTell(IReadOnlySet<ItemId> unavailable, ItemGroups variants) =>
        unavailable.Count <= MostTold ? WithoutVariants(unavailable, variants) : [];

    /// <summary>The items that have no variants.</summary>
    internal static IReadOnlyCollection<ItemId> WithoutVariants(IReadOnlySet<ItemId> items, ItemGroups variants) =>
        variants.Count == 0 ? items : [.. items.Where(item => !variants.Contains(item))];

    /// <summary>Of a user's list.</summary>
    internal static Eligibility Of(
        UserMemory memory, IReadOnlySet<ItemId> unavailable, ItemGroups variants, RecommendationOptions options,
        ListFilter filter) =>
        new(unavailable, filter.Repeats ?? options.AllowRepeats ? null : memory.ActedOn, filter)
        {
            Variants = variants,
        };

    /// <summary>Whether the item may be in the list, if it passes as the catalogue has it.</summary>
    internal bool Allows(ItemId item) => AllowsItself(item) && AllowsProduct(Variants.VariantsOf(item));

    /// <summary>Whether any variant of a product may be in the list: the user acted on none of them, no earlier page
    /// showed one, and the list does not start from one.</summary>
    /// <param name="variants">All variants of the product.</param>
    internal bool AllowsProduct(IReadOnlyList<ItemId> variants)
    {
        for (var i = 0; i < variants.Count; i++)
        {
            var variant = variants[i];
            if (ActedOn?.Contains(variant) == true || variant == Without || Filter.IsKnown(variant))
                return false;
        }
        return true;
    }

    /// <summary>Whether the item may be in the list, whatever holds of its variants.</summary>
    internal bool AllowsItself(ItemId item) =>
        ActedOn?.Contains(item) != true && !Unavailable.Contains(item) && item != Without && Filter.Passes(item);
}
