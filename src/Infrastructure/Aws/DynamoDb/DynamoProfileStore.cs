using System.Runtime.CompilerServices;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// Profiles in DynamoDB: one conditional put per profile, so that no save overwrites another's. A save that is repeated
/// because its answer was lost meets its own version and ends as a conflict; folding again
/// then finds everything applied.
/// </summary>
internal sealed class DynamoProfileStore(DynamoTable table, AwsOptions options, ProfilePolicy policy, TimeProvider time)
    : IProfileStore
{
    private readonly ItemCalls _calls = new(table);
    private readonly CheckpointItems _checkpoints = new(table);
    private readonly ActiveDays _days = new(table, time);

    public async Task<IReadOnlyDictionary<UserId, UserProfile>> LoadAsync(
        IReadOnlyCollection<UserId> users,
        CancellationToken cancellationToken
    )
    {
        if (users.Count == 0)
            return new Dictionary<UserId, UserProfile>();
        var keys = users.Distinct().Select(user => new ItemKey(user.Value, ProfileTable.Profile)).ToList();
        var profiles = await _calls.FindManyAsync(keys, ProfileItem.Read, cancellationToken);
        return profiles.ToDictionary(profile => profile.UserId);
    }

    public async Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        IReadOnlyList<UserProfile> profiles, Position? checkpoint, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var outcomes = await table.PutEachAsync(
            profiles.Count,
            options.SavesInFlight,
            (i, writer) => WritePut(writer, profiles[i], now),
            cancellationToken
        );
        // Last, so that a process that dies in between applies again instead of losing.
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
            foreach (var key in ActiveIndexKey.AllOf(new ActiveBucket(day, bucket), options.IndexSplits))
            {
                await foreach (var user in table.IndexedAsync(key, cancellationToken))
                    yield return UserId.FromStored(user);
            }
    }

    /// <summary>A Scan of the whole table; for exports, not for serving.</summary>
    public async IAsyncEnumerable<UserProfile> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> after = default;
        do
        {
            (var profiles, after) = await _calls.ScanAsync(
                ProfileTable.Profile,
                after,
                ProfileItem.Read,
                cancellationToken
            );
            foreach (var profile in profiles)
                yield return profile;
        }
        while (!after.IsEmpty);
    }

    private void WritePut(Utf8JsonWriter writer, UserProfile profile, DateTimeOffset now)
    {
        writer.WriteString("TableName", table.Name);
        if (profile.Version == 0)
        {
            writer.WriteString("ConditionExpression", "attribute_not_exists(userId)");
        }
        else
        {
            writer.WriteString("ConditionExpression", "version = :loaded");
            writer.WriteStartObject("ExpressionAttributeValues");
            writer.Number(":loaded", profile.Version);
            writer.WriteEndObject();
        }
        writer.WriteStartObject("Item");
        ProfileItem.Write(writer, profile, now, ExpiryOf(profile, now), options.IndexSplits);
        writer.WriteEndObject();
    }

    /// <summary>
    /// A tombstone goes when nothing that it guards against can come back; a profile only if that is configured.
    /// </summary>
    private DateTimeOffset? ExpiryOf(UserProfile profile, DateTimeOffset now)
    {
        if (profile is { IsEmpty: true, HasLinks: false, ErasedAt: { } erasedAt })
            return policy.LogRetention is { } retention ? erasedAt + retention + ProfilePolicy.TombstoneMargin : null;
        return options.ProfileTimeToLive is { } kept ? now + kept : null;
    }
}
