namespace Recommendation.Client;

/// <summary>What is kept of a user.</summary>
/// <param name="Counts">How many interactions there are of each type.</param>
/// <param name="Recent">The newest interactions, newest first.</param>
/// <param name="Attributes">The user's attributes by name.</param>
public sealed record UserProfile(
    string UserId,
    long InteractionCount,
    DateTimeOffset? FirstInteraction,
    DateTimeOffset? LastInteraction,
    string? LastItemId,
    IReadOnlyDictionary<string, long> Counts,
    IReadOnlyList<RecentInteraction> Recent,
    IReadOnlyDictionary<string, AttributeValue>? Attributes);

/// <summary>One of a user's newest interactions.</summary>
public sealed record RecentInteraction(string ItemId, string? Title, string Type, DateTimeOffset At);

/// <summary>An erasure of a user.</summary>
/// <param name="IsFinished">Whether everything is erased; if not, the API goes on by itself.</param>
/// <param name="Receipt">The signed receipt as JSON, which <c>recommend receipt verify</c> checks; null until the
/// erasure is finished.</param>
/// <param name="Status">The path that says how far it is; null if it is finished.</param>
public sealed record UserErasure(bool IsFinished, string? Receipt, Uri? Status);

internal sealed record MergeTarget(string UserId);

internal sealed record UserAttributes(string UserId, IReadOnlyDictionary<string, AttributeValue> Attributes);
