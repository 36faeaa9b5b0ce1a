using System.Buffers.Binary;
using System.Security.Cryptography;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Profiles;

/// <summary>
/// Writes histories around a save of profiles: the history first, then the profile that names it, then what is not
/// named any more is deleted. Whoever dies in between leaves a history that nobody names, and never a profile whose
/// history is missing.
/// </summary>
internal sealed class HistoryWrites(IHistoryStore histories)
{
    private readonly Dictionary<UserId, Write> _open = [];
    private readonly Dictionary<UserId, HistoryKey> _doubtful = [];
    private readonly List<HistoryName> _unnamed = [];

    /// <summary>Folds what is pending in each profile into its history, and stores that.</summary>
    /// <returns>By user, the profile to save instead, or why its history is not stored.</returns>
    internal async Task<IReadOnlyDictionary<UserId, HistoryWrite>> CompactAsync(
        IReadOnlyCollection<UserProfile> profiles, CancellationToken cancellationToken)
    {
        if (profiles.Count == 0)
            return new Dictionary<UserId, HistoryWrite>();
        var stored = await LoadAsync(profiles, cancellationToken);
        var folded = new List<(UserProfile Profile, StoredHistory History)>(profiles.Count);
        foreach (var profile in profiles)
        {
            var before = stored.GetValueOrDefault(profile.UserId);
            // Lost, or replaced by another writer: the save of this profile ends as a conflict then.
            var isLost = before is null && profile.HistoryKey is not null;
            folded.Add(
                (
                    isLost ? profile with { MissesHistory = true } : profile,
                    (before ?? StoredHistory.Empty).With(profile.Pending)
                )
            );
        }
        return await PutAsync(folded, cancellationToken);
    }

    /// <summary>Loads the histories that the profiles name.</summary>
    internal async Task<IReadOnlyDictionary<UserId, StoredHistory>> LoadAsync(
        IEnumerable<UserProfile> profiles, CancellationToken cancellationToken)
    {
        var names = new List<HistoryName>();
        foreach (var profile in profiles)
        {
            if (profile.HistoryKey is { } key)
                names.Add(new(profile.UserId, key));
        }
        return names.Count == 0
            ? new Dictionary<UserId, StoredHistory>()
            : await histories.LoadAsync(names, cancellationToken);
    }

    /// <summary>Stores a history for each profile under a key of its own.</summary>
    internal async Task<IReadOnlyDictionary<UserId, HistoryWrite>> PutAsync(
        IReadOnlyCollection<(UserProfile Profile, StoredHistory History)> folded, CancellationToken cancellationToken)
    {
        var named = folded.Select(one => new NamedHistory(
            new(one.Profile.UserId, HistoryKey.New(one.Profile.Version, NewRandom())), one.History)).ToList();
        var outcomes = await histories.PutAsync(named, cancellationToken);
        var writes = new Dictionary<UserId, HistoryWrite>(named.Count);
        foreach (var ((profile, _), (history, outcome)) in folded.Zip(named.Zip(outcomes)))
        {
            if (outcome.Status == SaveStatus.Saved)
                _open[profile.UserId] = new(history.Name.Key, profile.HistoryKey);
            writes.Add(profile.UserId, new(profile.WithHistory(history.Name.Key), outcome));
        }
        return writes;
    }

    /// <summary>Notes that a profile that is about to be saved names none in place of this one.</summary>
    internal void Drop(UserProfile stored)
    {
        if (stored.HistoryKey is { } key)
            _open[stored.UserId] = new(null, key);
    }

    /// <summary>Notes how the save of a profile ended.</summary>
    internal void Ended(UserId user, SaveStatus status)
    {
        if (!_open.Remove(user, out var write))
            return;
        if (status == SaveStatus.Saved && write.Replaced is { } replaced)
            _unnamed.Add(new(user, replaced));
        else if (status == SaveStatus.Refused && write.Written is { } refused)
            _unnamed.Add(new(user, refused));
        // A save that was repeated since its answer was lost ends as a conflict as well: then the
        // stored profile names ours.
        else if (status == SaveStatus.Conflict && write.Written is { } written)
            _doubtful[user] = written;
        // Failed: the save may still be done, so what it names must stay.
    }

    /// <summary>
    /// Decides what became of writes that met another version, now that the profiles were loaded once more.
    /// </summary>
    internal void Settle(IReadOnlyDictionary<UserId, UserProfile> loaded)
    {
        foreach (var (user, written) in _doubtful)
        {
            if (loaded.GetValueOrDefault(user)?.HistoryKey != written)
                _unnamed.Add(new(user, written));
        }
        _doubtful.Clear();
    }

    /// <summary>
    /// Deletes what no profile names any more. What can't be deleted now stays until the user is
    /// erased, and harms nobody.
    /// </summary>
    internal async Task CleanUpAsync(IProfileStore profiles, CancellationToken cancellationToken)
    {
        try
        {
            if (_doubtful.Count > 0)
                Settle(await profiles.LoadAsync(_doubtful.Keys, cancellationToken));
            if (_unnamed.Count > 0)
                await histories.DeleteAsync(_unnamed, cancellationToken);
            _unnamed.Clear();
        }
        catch (Exception problem) when (problem is UnavailableException or OperationCanceledException)
        {
            // The profiles are saved all the same.
        }
    }

    private static ulong NewRandom()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>A write whose profile is not saved yet.</summary>
    private readonly record struct Write(HistoryKey? Written, HistoryKey? Replaced);
}

/// <summary>What became of a history that was to be stored.</summary>
/// <param name="Profile">The profile that names it.</param>
/// <param name="Outcome">Whether it is stored; if not, the profile must not be saved.</param>
internal sealed record HistoryWrite(UserProfile Profile, SaveOutcome Outcome);
