using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>
/// All that is remembered of a user: what is ranked from, and what must not be offered again. The ids that were merged
/// are one user.
/// </summary>
public sealed class UserMemory
{
    private readonly UserProfile _own;
    private readonly StoredHistory? _stored;
    private readonly HistoryEntry[] _pending;
    private readonly IReadOnlyList<UserMemory> _others = [];
    private UserHistory? _history;

    private UserMemory(UserProfile profile, StoredHistory? stored, HistoryEntry[] pending, ActedOnItems actedOn)
    {
        (_own, _stored, _pending) = (profile, stored, pending);
        (Profile, ActedOn) = (profile, actedOn);
    }

    private UserMemory(UserMemory own, IReadOnlyList<UserMemory> others)
    {
        (_own, _stored, _pending, _others) = (own._own, own._stored, own._pending, others);
        Profile = MergeLinks.Sum(_own, [.. others.Select(other => other._own)]);
        ActedOn = new ItemsOfAll([own.ActedOn, .. others.Select(other => other.ActedOn)]);
        MergedWith = [.. others.Select(other => other.UserId)];
        MergedVersion = others.Sum(other => other._own.Version);
    }

    /// <summary>
    /// The profile; empty for a user never seen. Where ids were merged, their sum, with the version of the user's own.
    /// </summary>
    public UserProfile Profile { get; }

    /// <summary>The other ids of the same person.</summary>
    public IReadOnlyList<UserId> MergedWith { get; } = [];

    /// <summary>
    /// The sum of the versions of the other ids' profiles: a list was ranked from what is stored now if this and the
    /// profile's version are those of the list. 0 if there are no others.
    /// </summary>
    public long MergedVersion { get; }

    public UserId UserId => Profile.UserId;

    /// <summary>
    /// What lists are ranked from. Made when it is first asked for: a stored list that is current needs none.
    /// </summary>
    public UserHistory History => _history ??= _others.Count == 0
        ? UserHistory.Create(OwnEntries)
        : UserHistory.Create([.. OwnEntries, .. _others.SelectMany(other => other.OwnEntries)]);

    /// <summary>How many items are kept as hashes, besides those of the profile.</summary>
    public int HashedItems => (_stored?.ActedOn.Count ?? 0) + _others.Sum(other => other.HashedItems);

    /// <summary>What must not be offered again.</summary>
    public ActedOnItems ActedOn { get; }

    /// <summary>
    /// Whether every interaction that was counted is remembered; see <see cref="UserProfile.MissesHistory"/>.
    /// </summary>
    public bool IsComplete =>
        !Profile.MissesHistory && (_stored is not null || _own.HistoryKey is null)
        && _others.All(other => other.IsComplete);

    private HistoryEntry[] OwnEntries =>
    [
        .. _stored is null ? [] : _stored.Items.Entries,
        .. _pending,
        .. _own.Recent.Select(HistoryEntry.FromRecent),
    ];

    /// <summary>Puts together what is stored.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="stored">The history that the profile names; null where it names none, or
    /// where that is lost.</param>
    /// <param name="hides">Whether an interaction of a type hides its item.</param>
    public static UserMemory Of(UserProfile profile, StoredHistory? stored, Func<InteractionType, bool> hides)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(hides);
        var pending = profile.Pending.ToEntries();
        var newest = new HashSet<ItemId>(profile.Recent.Count + pending.Length);
        foreach (var recent in profile.Recent)
        {
            if (hides(recent.Type))
                newest.Add(recent.ItemId);
        }
        foreach (var entry in pending)
        {
            if (hides(entry.Type))
                newest.Add(entry.ItemId);
        }
        return new(profile, stored, pending, new RememberedItems(newest, stored?.ActedOn ?? ActedOnSet.Empty, hides));
    }

    /// <summary>What is remembered of a person: of one of the ids, and of the others.</summary>
    public UserMemory With(IReadOnlyList<UserMemory> others) => others is { Count: > 0 } ? new(this, others) : this;

    private sealed class ItemsOfAll(ActedOnItems[] all) : ActedOnItems
    {
        public override bool Contains(ItemId item) => Array.Exists(all, one => one.Contains(item));
    }

    private sealed class RememberedItems(HashSet<ItemId> newest, ActedOnSet older, Func<InteractionType, bool> hides)
        : ActedOnItems
    {
        private readonly ulong _mask = older.MaskOf(hides);

        public override bool Contains(ItemId item) => newest.Contains(item) || older.Contains(item, _mask);
    }
}
