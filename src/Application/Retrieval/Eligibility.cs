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

    /// <summary>The most unavailable items that a ranker is told of.</summary>
    internal const int MostTold = 1000;

    /// <summary>
    /// What a ranker is told to leave out. Few items are left out at once; many would cost each request more than the
    /// rest of it, so they are left out of its answer here, and the ranker is asked for more where that
    /// leaves a list short.
    /// </summary>
    internal static IReadOnlyCollection<ItemId> ToTell(IReadOnlySet<ItemId> unavailable) =>
        unavailable.Count <= MostTold ? unavailable : [];

    /// <summary>Of a user's list.</summary>
    internal static Eligibility Of(
        UserMemory memory, IReadOnlySet<ItemId> unavailable, RecommendationOptions options, ListFilter filter) =>
        new(unavailable, filter.Repeats ?? options.AllowRepeats ? null : memory.ActedOn, filter);

    /// <summary>Whether the item may be in the list, if it passes as the catalogue has it.</summary>
    internal bool Allows(ItemId item) =>
        ActedOn?.Contains(item) != true && !Unavailable.Contains(item) && item != Without && Filter.Passes(item);
}
