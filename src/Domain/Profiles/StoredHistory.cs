namespace Recommendation.Domain.Profiles;

/// <summary>
/// What is remembered of a user beyond the profile: the newest <see cref="UserHistory.MaximumItems"/> distinct items,
/// and the set of all items. Immutable, and stored under a key that is never written again. Types are kept as sent;
/// settings are applied when it is read.
/// </summary>
/// <remarks>
/// An item that falls out of the newest 500 and comes back counts from then on; the set keeps it in any case.
/// </remarks>
public sealed record StoredHistory(UserHistory Items, ActedOnSet ActedOn)
{
    public static readonly StoredHistory Empty = new(UserHistory.Empty, ActedOnSet.Empty);

    /// <summary>This history and the interactions that a profile held back.</summary>
    public StoredHistory With(PendingInteractions pending)
    {
        ArgumentNullException.ThrowIfNull(pending);
        var entries = pending.ToEntries();
        return entries.Length == 0 ? this : new(Items.With(entries), ActedOn.With(entries));
    }
}
