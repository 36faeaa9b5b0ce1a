using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>All that is remembered of a user: what is ranked from, and what must not be offered again.</summary>
public sealed class UserMemory
{
    private readonly StoredHistory? _stored;
    private readonly HistoryEntry[] _pending;
    private UserHistory? _history;

    private UserMemory(UserProfile profile, StoredHistory? stored, HistoryEntry[] pending, ActedOnItems actedOn) =>
        (Profile, _stored, _pending, ActedOn) = (profile, stored, pending, actedOn);

    /// <summary>The profile; empty for a user never seen.</summary>
    public UserProfile Profile { get; }

    public UserId UserId => Profile.UserId;

    /// <summary>
    /// What lists are ranked from. Made when it is first asked for: a stored list that is current needs none.
    /// </summary>
    public UserHistory History =>
        _history ??= UserHistory.Create([
            .. _stored is null ? [] : _stored.Items.Entries,
            .. _pending,
            .. Profile.Recent.Select(HistoryEntry.FromRecent),
        ]);

    /// <summary>How many items are kept as hashes, besides those of the profile.</summary>
    public int HashedItems => _stored?.ActedOn.Count ?? 0;

    /// <summary>What must not be offered again.</summary>
    public ActedOnItems ActedOn { get; }

    /// <summary>
    /// Whether every interaction that was counted is remembered; see <see cref="UserProfile.MissesHistory"/>.
    /// </summary>
    public bool IsComplete => !Profile.MissesHistory && (_stored is not null || Profile.HistoryKey is null);

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

    private sealed class RememberedItems(HashSet<ItemId> newest, ActedOnSet older, Func<InteractionType, bool> hides)
        : ActedOnItems
    {
        private readonly ulong _mask = older.MaskOf(hides);

        public override bool Contains(ItemId item) => newest.Contains(item) || older.Contains(item, _mask);
    }
}
