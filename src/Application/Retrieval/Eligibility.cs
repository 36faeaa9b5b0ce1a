using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;
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

    /// <summary>Of a user's list.</summary>
    internal static Eligibility Of(
        UserMemory memory, IReadOnlySet<ItemId> unavailable, RecommendationOptions options, ListFilter filter) =>
        new(unavailable, options.AllowRepeats ? null : memory.ActedOn, filter);

    /// <summary>Whether the item may be in the list, if its categories pass.</summary>
    internal bool Allows(ItemId item) =>
        ActedOn?.Contains(item) != true && !Unavailable.Contains(item) && item != Without && Filter.Passes(item);
}
