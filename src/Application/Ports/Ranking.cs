using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Ports;

/// <summary>What to rank.</summary>
/// <param name="Users">One query per user.</param>
/// <param name="Model">The model to use; null for the current one.</param>
/// <param name="Now">The time from which the age of interactions is counted.</param>
public sealed record RankUsers(IReadOnlyList<RankUser> Users, ModelVersion? Model, DateTimeOffset Now);

/// <summary>One user's query.</summary>
/// <param name="UserId">Comes back with the answer; the model itself knows no users.</param>
/// <param name="History">The history; empty for the popular items.</param>
/// <param name="Count">How many items are wanted at most.</param>
/// <param name="Exclude">Items that must not be in the answer, besides those that the history hides.</param>
/// <param name="AllowRepeats">Whether items that the history hides may be in the answer.</param>
public sealed record RankUser(
    UserId UserId, UserHistory History, int Count, IReadOnlyCollection<ItemId> Exclude, bool AllowRepeats = false)
{
    /// <summary>
    /// How many interactions the user has had in all; null where only the history is known, whose length it
    /// may be far beyond.
    /// </summary>
    public long? InteractionCount { get; init; }

    /// <summary>
    /// The only items that are wanted, in the order in which they would be without; null for any. A ranker may ignore
    /// it.
    /// </summary>
    public IReadOnlySet<ItemId>? Among { get; init; }

    /// <summary>The items that must not be in the answer.</summary>
    /// <param name="types">Say which types of interaction hide their item.</param>
    public HashSet<ItemId> Masked(EventTypeSettings types)
    {
        ArgumentNullException.ThrowIfNull(types);
        var masked = new HashSet<ItemId>(Exclude);
        if (!AllowRepeats)
            masked.UnionWith(History.Where(one => types.Hides(one.Type)).Select(one => one.ItemId));
        return masked;
    }
}

/// <summary>The answer to <see cref="RankUsers"/>.</summary>
/// <param name="Model">The model that ranked; null where there is none yet.</param>
public sealed record RankedUsers(ModelVersion? Model, IReadOnlyList<Ranking> Rankings);

/// <summary>How a user's ranking came about.</summary>
public enum RankingKind
{
    /// <summary>By the model, from the user's history.</summary>
    Ranked,

    /// <summary>The popular items: the model knows nothing of the history, or there is none.</summary>
    Popular,

    /// <summary>Not at all.</summary>
    Failed,
}

/// <summary>One user's ranking.</summary>
/// <param name="Error">Why it failed; null otherwise.</param>
public sealed record Ranking(UserId UserId, RankingKind Kind, RankedItems Items, string? Error = null)
{
    public static Ranking Failed(UserId user, string error) => new(user, RankingKind.Failed, RankedItems.None, error);
}
