using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Scenarios;

/// <summary>For whom, and for what, a list of a scenario is made.</summary>
/// <param name="User">The user; null for a visitor who is known by the history of the request alone.</param>
/// <param name="Memory">What is remembered of the user; null for a visitor.</param>
/// <param name="History">What lists are ranked from.</param>
/// <param name="ActedOn">What is not offered again.</param>
internal sealed record ListSubject(UserId? User, UserMemory? Memory, UserHistory History, ActedOnItems ActedOn)
{
    /// <summary>The attributes of the user.</summary>
    internal IReadOnlyDictionary<string, AttributeValue> Attributes { get; init; } =
        new Dictionary<string, AttributeValue>(StringComparer.Ordinal);

    internal static ListSubject Of(UserMemory memory) => new(memory.UserId, memory, memory.History, memory.ActedOn);

    /// <summary>A visitor with interactions that are not stored.</summary>
    internal static ListSubject Of(IEnumerable<HistoryEntry> session, EventTypeSettings types)
    {
        var history = UserHistory.From(session);
        return new(null, null, history, ActedOnItems.Of(
            history.Where(entry => types.Hides(entry.Type)).Select(entry => entry.ItemId).ToHashSet()));
    }
}
