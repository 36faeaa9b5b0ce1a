using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Scenarios;

/// <summary>For whom a list of a scenario is made: a user, or a visitor whose history the request holds.</summary>
internal sealed record ListSubject
{
    private UserHistory Session { get; init; } = UserHistory.Empty;

    private ListSubject(UserMemory? memory, ActedOnItems actedOn) => (Memory, ActedOn) = (memory, actedOn);

    /// <summary>The user; null for a visitor.</summary>
    internal UserId? User => Memory?.UserId;

    /// <summary>What is remembered of the user; null for a visitor.</summary>
    internal UserMemory? Memory { get; }

    /// <summary>What is not offered again.</summary>
    internal ActedOnItems ActedOn { get; }

    /// <summary>What lists are ranked from. A user's is made when it is asked for: a stored list needs none.</summary>
    internal UserHistory History => Memory?.History ?? Session;

    /// <summary>The attributes of the user.</summary>
    internal IReadOnlyDictionary<string, AttributeValue> Attributes { get; init; } =
        new Dictionary<string, AttributeValue>(StringComparer.Ordinal);

    internal static ListSubject Of(UserMemory memory) => new(memory, memory.ActedOn);

    /// <summary>A visitor with interactions that are not stored. All of them hide their items, also those that the
    /// history has no room for.</summary>
    internal static ListSubject Of(IReadOnlyList<HistoryEntry> session, EventTypeSettings types) =>
        new(null, ActedOnItems.Of(
            session.Where(entry => types.Hides(entry.Type)).Select(entry => entry.ItemId).ToHashSet()))
        {
            Session = UserHistory.From(session),
        };
}
