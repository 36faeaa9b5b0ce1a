using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Local.InMemory;

/// <summary>Profiles in a dictionary; gone with the process.</summary>
internal sealed class MemoryProfileStore : IProfileStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UserId, UserProfile> _profiles = [];
    private readonly Dictionary<string, Position> _checkpoints = new(StringComparer.Ordinal);

    public Task<IReadOnlyDictionary<UserId, UserProfile>> LoadAsync(
        IReadOnlyCollection<UserId> users, CancellationToken cancellationToken) =>
        _gate.Do<IReadOnlyDictionary<UserId, UserProfile>>(() => Load(users), cancellationToken);

    public Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        IReadOnlyList<UserProfile> profiles, Position? checkpoint, CancellationToken cancellationToken) =>
        _gate.Do<IReadOnlyList<SaveOutcome>>(() => Save(profiles, checkpoint), cancellationToken);

    public Task<Position?> CheckpointAsync(string partition, CancellationToken cancellationToken) =>
        _gate.Do<Position?>(
            () => _checkpoints.TryGetValue(partition, out var position) ? position : null,
            cancellationToken
        );

    public async IAsyncEnumerable<UserId> ActiveUsersAsync(
        int bucket, DateOnly from, DateOnly through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bucket);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(bucket, ActiveBucket.Count);
        foreach (var user in await _gate.Do(() => Active(bucket, from, through), cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return user;
        }
    }

    public async IAsyncEnumerable<UserProfile> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var profile in await _gate.Do(() => _profiles.Values.ToArray(), cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return profile;
        }
    }

    internal bool IsTombstone(UserId user)
    {
        lock (_gate)
            return _profiles.TryGetValue(user, out var profile) && profile.IsEmpty;
    }

    private Dictionary<UserId, UserProfile> Load(IReadOnlyCollection<UserId> users)
    {
        var found = new Dictionary<UserId, UserProfile>(users.Count);
        foreach (var user in users)
        {
            if (_profiles.TryGetValue(user, out var profile))
                found[user] = profile;
        }
        return found;
    }

    private SaveOutcome[] Save(IReadOnlyList<UserProfile> profiles, Position? checkpoint)
    {
        SaveOutcome[] outcomes = [.. profiles.Select(Save)];
        if (checkpoint is { } position && outcomes.All(outcome => outcome.Status == SaveStatus.Saved))
            _checkpoints[position.Partition] = position;
        return outcomes;
    }

    private SaveOutcome Save(UserProfile profile)
    {
        var stored = _profiles.TryGetValue(profile.UserId, out var current) ? current.Version : 0;
        if (stored != profile.Version)
            return SaveOutcome.Conflict;
        _profiles[profile.UserId] = profile with { Version = stored + 1 };
        return SaveOutcome.Saved;
    }

    private UserId[] Active(int bucket, DateOnly from, DateOnly through) =>
        [
            .. _profiles
                .Values.Where(profile =>
                    profile.ActiveBucket is { } active
                    && active.Bucket == bucket
                    && active.Day >= from
                    && active.Day <= through
                )
                .OrderBy(profile => profile.ActiveBucket!.Value.Day)
                .ThenBy(profile => profile.UserId)
                .Select(profile => profile.UserId),
        ];
}
