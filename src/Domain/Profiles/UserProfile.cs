using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>
/// What is known of a user: each interaction counted once, the newest kept. Immutable; <see cref="Apply"/>
/// gives the next.
/// </summary>
public sealed record UserProfile
{
    public required UserId UserId { get; init; }

    /// <summary>
    /// The version in the store, 0 where it is not stored yet. A save requires it and stores the next one.
    /// </summary>
    public long Version { get; init; }

    /// <summary>The time of the earliest interaction; null where there is none.</summary>
    public DateTimeOffset? FirstInteraction { get; init; }

    public long InteractionCount { get; init; }

    /// <summary>Counts by configured type, in the type's order.</summary>
    public IReadOnlyList<TypeCount> Counts { get; init; } = [];

    /// <summary>The newest interactions, newest first.</summary>
    public IReadOnlyList<RecentInteraction> Recent { get; init; } = [];

    /// <summary>What is older than <see cref="Recent"/> and not in the stored history yet.</summary>
    public PendingInteractions Pending { get; init; } = PendingInteractions.None;

    /// <summary>
    /// Names the stored history, which holds all that is in neither <see cref="Recent"/> nor <see cref="Pending"/>;
    /// null where there is none.
    /// </summary>
    public HistoryKey? HistoryKey { get; init; }

    /// <summary>
    /// Whether interactions were counted and not remembered: by a version that kept the newest ones alone, or since a
    /// stored history was lost. A rebuild from the log makes it whole.
    /// </summary>
    public bool MissesHistory { get; init; }

    /// <summary>
    /// The user that this id was merged into. It counts only while that user's profile lists this id; see
    /// <see cref="MergeLinks"/>.
    /// </summary>
    public UserId? MergedInto { get; init; }

    /// <summary>The ids that were merged into this user, in the order of their merges.</summary>
    public IReadOnlyList<UserId> MergedUsers { get; init; } = [];

    /// <summary>Watermarks of the partitions applied from, in the partition's order.</summary>
    public IReadOnlyList<Watermark> Marks { get; init; } = [];

    /// <summary>Hashes of the last event ids, in order of arrival.</summary>
    public IReadOnlyList<ulong> EventIds { get; init; } = [];

    /// <summary>
    /// What the last erasure of the user covers: that is dropped, for ever. Null if the user was never erased.
    /// </summary>
    public ErasureBoundary? Erasure { get; init; }

    /// <summary>When the user was last erased; null if never.</summary>
    public DateTimeOffset? ErasedAt => Erasure?.ArrivedAt;

    public DateTimeOffset? LastInteraction => Recent.Count > 0 ? Recent[0].At : null;

    public ItemId? LastItemId => Recent.Count > 0 ? Recent[0].ItemId : null;

    /// <summary>Nothing but the tombstone of an erased user, or a user never seen.</summary>
    public bool IsEmpty => InteractionCount == 0;

    /// <summary>Whether the profile names other ids of the same person.</summary>
    public bool HasLinks => MergedInto is not null || MergedUsers.Count > 0;

    /// <summary>The index entry that lists this user as active; null while the profile is empty.</summary>
    public ActiveBucket? ActiveBucket => LastInteraction is { } last ? Profiles.ActiveBucket.Of(UserId, last) : null;

    public static UserProfile New(UserId user) => new() { UserId = user };

    /// <summary>Whether the last interaction is at or after the cutoff.</summary>
    public bool IsActiveSince(DateTimeOffset cutoff) => LastInteraction >= cutoff;

    /// <summary>
    /// Counts each interaction once. Copies are known by position (delivery) for as long as the log can deliver again,
    /// and by event id (producer) within the last <see cref="ProfilePolicy.EventIdLimit"/> ids of the user.
    /// </summary>
    /// <param name="interactions">Interactions of this user, each with its position; any order,
    /// any number of copies.</param>
    /// <param name="policy">What to keep.</param>
    /// <exception cref="ArgumentException">An interaction is of another user or has no position.</exception>
    public ApplyResult Apply(IReadOnlyList<Interaction> interactions, ProfilePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(policy);
        return new ProfileUpdater(this, policy).Apply(interactions);
    }

    /// <summary>
    /// The profile whose pending interactions are in the stored history named; save the history first.
    /// </summary>
    public UserProfile WithHistory(HistoryKey key) =>
        this with
        {
            Pending = PendingInteractions.None,
            HistoryKey = key,
        };

    /// <summary>
    /// The tombstone that takes the profile's place. The marks stay, so that what was counted before is not counted
    /// anew even if clocks differ; nothing else does.
    /// </summary>
    /// <param name="at">What arrived before this is erased.</param>
    public UserProfile Erase(DateTimeOffset at) =>
        Erase(new ErasureBoundary { ArrivedAt = Timestamps.ToMilliseconds(at) });

    /// <summary>
    /// The tombstone that takes the profile's place: what the boundary covers, and all that the profile has applied,
    /// is erased.
    /// </summary>
    public UserProfile Erase(ErasureBoundary boundary)
    {
        ArgumentNullException.ThrowIfNull(boundary);
        var marks = boundary.Marks.Aggregate(Marks, With);
        return new()
        {
            UserId = UserId,
            Version = Version,
            Marks = marks,
            Erasure = boundary with
            {
                ArrivedAt = ErasedAt is { } earlier && earlier > boundary.ArrivedAt ? earlier : boundary.ArrivedAt,
                Marks = boundary.Partition is null ? [] : marks,
                Version = boundary.Partition is null ? 0 : Version + 1,
            },
        };
    }

    private static IReadOnlyList<Watermark> With(IReadOnlyList<Watermark> marks, Watermark added)
    {
        var own = marks
            .Where(mark => string.Equals(mark.Partition, added.Partition, StringComparison.Ordinal))
            .ToList();
        if (own.Exists(mark => mark.Covers(new Position(added.Partition, added.Sequence, added.Index))))
            return marks;
        return [.. marks.Except(own).Append(added).OrderBy(mark => mark.Partition, StringComparer.Ordinal)];
    }
}
