using Recommendation.Application.Ports;
using Recommendation.Aws.S3;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Archive;

/// <summary>
/// Removes a user from the archive. Only the objects of the user's group are read, and those that hold
/// users of any group.
/// </summary>
internal sealed class ArchiveErasure(Bucket bucket, ArchiveListing listing, ArchiveReader reader)
{
    /// <summary>How many objects a part of an erasure reads.</summary>
    internal const int ObjectsAtOnce = 20;

    /// <summary>
    /// Rewrites the next objects if they hold what an erasure covers, and removes what they were before.
    /// </summary>
    internal async Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        var (removed, read) = (0L, 0);
        var asked = DateOnly.FromDateTime(work.Boundary.ArrivedAt.UtcDateTime);
        var parts = new LogParts(UserBucket.Of(work.User), 1);
        var from = work.After is { } after ? ArchiveKey.Parse(after, 0)?.Day : null;
        await foreach (var key in listing.OfAsync(parts, from, cancellationToken))
        {
            // An object's day is that of its first arrival; what the profile had applied arrived soon after the
            // erasure's record at the latest.
            if (
                string.CompareOrdinal(key.Key, work.After) <= 0
                || key.Day > asked.AddDays(1)
                || (work.IsSweep && !IsSwept(key, asked))
            )
                continue;
            removed += await ForgetAsync(key.Key, work, cancellationToken);
            if (++read == ObjectsAtOnce)
                return new ErasedPart(removed, key.Key);
        }
        return new ErasedPart(removed);
    }

    /// <summary>
    /// A sweep looks for what was delivered late, which is in objects of the day of the erasure and of the day before;
    /// and for what was put under the user's group meanwhile out of objects that the first pass had not reached,
    /// whatever their day.
    /// </summary>
    private static bool IsSwept(ArchiveKey key, DateOnly asked) =>
        key.Bucket is not null || key.Day >= asked.AddDays(-1);

    private async Task<long> ForgetAsync(string key, ErasureWork work, CancellationToken cancellationToken)
    {
        var kept = new List<Interaction>();
        var removed = new HashSet<Position>();
        await foreach (var interaction in reader.ReadAsync(key, cancellationToken))
        {
            if (interaction.UserId == work.User && work.Boundary.Covers(interaction))
                removed.Add(interaction.Position);
            else
                kept.Add(interaction);
        }
        if (removed.Count == 0)
            return 0;
        var versions = new ObjectVersions(bucket);
        if (kept.Count == 0)
        {
            await versions.RemoveAsync(key, cancellationToken);
        }
        else
        {
            await bucket.PutAsync(key, ArchiveObject.Encode(kept), PutCondition.Always, cancellationToken);
            await versions.RemoveEarlierAsync(key, cancellationToken);
        }
        return removed.Count;
    }
}
