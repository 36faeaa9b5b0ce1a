using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// Profiles in DynamoDB: one conditional put per profile, so that no save overwrites another's. A save that is repeated because
/// its answer was lost meets its own version and ends as a conflict; folding again then finds everything absorbed.
/// </summary>
internal sealed class DynamoProfileStore(DynamoTable table, AwsOptions options, ProfilePolicy policy, Backoff backoff, TimeProvider time)
    : IProfileStore
{
    private static readonly TimeSpan s_tombstoneMargin = TimeSpan.FromDays(7);

    private readonly ProfileCalls _calls = new(table, options, backoff);
    private readonly CheckpointItems _checkpoints = new(table);
    private readonly ActiveDays _days = new(table, time);

    public async Task<IReadOnlyDictionary<UserId, UserProfile>> LoadAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        if (users.Count == 0)
            return new Dictionary<UserId, UserProfile>();
        if (users.Count == 1)
            return (await _calls.FindAsync(users.Single(), cancellationToken) is { } only ? [only] : Array.Empty<UserProfile>()).ToDictionary(profile => profile.UserId);
        var profiles = await DynamoTable.InChunksAsync([.. users.Distinct()], _calls.FindManyAsync, cancellationToken);
        return profiles.ToDictionary(profile => profile.UserId);
    }

    public async Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        IReadOnlyList<UserProfile> profiles, Position? checkpoint, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var outcomes = new SaveOutcome[profiles.Count];
        await Parallel.ForAsync(0, profiles.Count, DynamoTable.InFlight(options.SavesInFlight, cancellationToken),
            async (i, cancellation) => outcomes[i] = await SaveAsync(profiles[i], now, cancellation));
        // Last, so that a process that dies in between absorbs again instead of losing.
        if (checkpoint is { } position && outcomes.All(outcome => outcome.Status == SaveStatus.Saved))
            await _checkpoints.PutAsync(position, now, cancellationToken);
        return outcomes;
    }

    public Task<Position?> CheckpointAsync(string partition, CancellationToken cancellationToken) =>
        _checkpoints.FindAsync(partition, cancellationToken);

    public async IAsyncEnumerable<UserId> ActiveUsersAsync(
        int bucket, DateOnly from, DateOnly through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bucket);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(bucket, ActiveBucket.Count);
        foreach (var day in await _days.BetweenAsync(from, through, cancellationToken))
        {
            await foreach (var user in table.IndexedAsync(new ActiveBucket(day, bucket).ToString(), cancellationToken))
                yield return UserId.FromStored(user);
        }
    }

    /// <summary>A Scan of the whole table; for exports, not for serving.</summary>
    public async IAsyncEnumerable<UserProfile> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> after = default;
        do
        {
            (var profiles, after) = await _calls.ScanAsync(after, cancellationToken);
            foreach (var profile in profiles)
                yield return profile;
        }
        while (!after.IsEmpty);
    }

    private async Task<SaveOutcome> SaveAsync(UserProfile profile, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await _calls.PutAsync(profile, now, ExpiryOf(profile, now), cancellationToken);
            return SaveOutcome.Saved;
        }
        catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
        {
            return PutOutcome.Of(problem, table.Subject);
        }
    }

    /// <summary>A tombstone goes when nothing that it guards against can come back; a profile only if that is configured.</summary>
    private DateTimeOffset? ExpiryOf(UserProfile profile, DateTimeOffset now)
    {
        if (profile is { IsEmpty: true, ErasedAt: { } erasedAt })
            return policy.LogRetention is { } retention ? erasedAt + retention + s_tombstoneMargin : null;
        return options.ProfileTimeToLive is { } kept ? now + kept : null;
    }
}
