using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Modeling.Explaining;

/// <summary>A list before and after something that might happen.</summary>
public sealed record WhatIf(RankedItems Before, RankedItems After)
{
    /// <summary>The items that would come into the list, best first.</summary>
    public IReadOnlyList<ItemId> Entering { get; } = Missing(After, Before);

    /// <summary>The items that would leave it, best first.</summary>
    public IReadOnlyList<ItemId> Leaving { get; } = Missing(Before, After);

    private static ItemId[] Missing(RankedItems from, RankedItems other) =>
        [.. from.Select(item => item.ItemId).Except(other.Select(item => item.ItemId))];
}
