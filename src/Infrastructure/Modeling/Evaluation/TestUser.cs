using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Modeling.Evaluation;

/// <summary>A user to be tested.</summary>
/// <param name="History">What was known of the user.</param>
/// <param name="ActedOn">Every item that is hidden, including items that the history no longer holds. Masked unless
/// repeats count.</param>
/// <param name="Relevant">The ids of the items to be found; at least one.</param>
internal sealed record TestUser(
    UserHistory History,
    IReadOnlyCollection<ItemId> ActedOn,
    IReadOnlyList<string> Relevant
)
{
    /// <summary>The user's id; null where it does not matter.</summary>
    public UserId? User { get; init; }

    /// <summary>Makes a user of all interactions that were known.</summary>
    /// <param name="known">The interactions.</param>
    /// <param name="relevant">The ids of the items to be found.</param>
    /// <param name="types">Say which interactions hide their item; null if all do, as in the public splits.</param>
    public static TestUser From(
        IReadOnlyCollection<Interaction> known, IReadOnlyList<string> relevant, EventTypeSettings? types = null) => new(
        UserHistory.From(known),
        known.Where(one => types?.Hides(one.Type) != false).Select(one => one.ItemId).ToHashSet(),
        relevant);
}
