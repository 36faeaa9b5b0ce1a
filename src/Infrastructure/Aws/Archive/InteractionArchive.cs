using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Aws.S3;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Archive;

/// <summary>
/// What went through the stream, under <c>archive/yyyy/MM/dd/</c>: what profiles are rebuilt from and models are trained on. The
/// objects may hold copies and need not be in order; reading gives each event once and each shard in its order.
/// </summary>
internal sealed class InteractionArchive(Bucket bucket)
{
    /// <summary>How many objects a part of an erasure reads.</summary>
    internal const int ObjectsAtOnce = 20;

    /// <summary>Archives interactions of one shard, in their order. The same ones again change nothing, not even if a user was forgotten since.</summary>
    internal async Task WriteAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
    {
        if (interactions.Count == 0)
            return;
        await bucket.PutAsync(ArchiveObject.KeyOf(interactions), ArchiveObject.Encode(interactions), PutCondition.Absent, cancellationToken);
    }

    /// <summary>Reads the archive day by day; at most two days are held at a time.</summary>
    internal async IAsyncEnumerable<Interaction> ReadAsync(Position? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var window = new ArchiveWindow(after);
        DateOnly? reading = null;
        await foreach (var key in bucket.KeysAsync(ArchiveObject.Prefix, cancellationToken))
        {
            if (ArchiveObject.DayOf(key) is not { } day)
                continue;
            if (reading is { } previous && day != previous)
            {
                // All of the day before the one that ends here has been delivered by now.
                foreach (var interaction in window.TakeArrivedBefore(previous))
                    yield return interaction;
            }
            reading = day;
            await foreach (var interaction in ReadAsync(key, cancellationToken))
                window.Add(interaction);
        }
        foreach (var interaction in window.TakeAll())
            yield return interaction;
    }

    /// <summary>Rewrites the next objects if they hold what an erasure covers, and removes what they were before.</summary>
    internal async Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        var (removed, read) = (0L, 0);
        await foreach (var key in bucket.KeysAsync(ArchiveObject.Prefix, work.After ?? StartOf(work), cancellationToken))
        {
            // An object's day is that of its first arrival; what the profile had absorbed arrived soon after the erasure's record at the latest.
            if (ArchiveObject.DayOf(key) is not { } day || day > DateOnly.FromDateTime(work.Boundary.ArrivedAt.UtcDateTime).AddDays(1))
                continue;
            removed += await ForgetAsync(key, work, cancellationToken);
            if (++read == ObjectsAtOnce)
                return new ErasedPart(removed, key);
        }
        return new ErasedPart(removed);
    }

    /// <summary>A sweep looks for what was delivered late, which is in objects of the day of the erasure and of the day before.</summary>
    private static string? StartOf(ErasureWork work) =>
        work.IsSweep ? ArchiveObject.PrefixOf(DateOnly.FromDateTime(work.Boundary.ArrivedAt.UtcDateTime).AddDays(-1)) : null;

    private async Task<long> ForgetAsync(string key, ErasureWork work, CancellationToken cancellationToken)
    {
        var kept = new List<Interaction>();
        var removed = new HashSet<Position>();
        await foreach (var interaction in ReadAsync(key, cancellationToken))
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

    private async IAsyncEnumerable<Interaction> ReadAsync(string key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Null where it was forgotten since it was listed.
        if (await bucket.OpenAsync(key, cancellationToken) is not { } body)
            yield break;
        await using (body)
        {
            await foreach (var interaction in ArchiveObject.DecodeAsync(body, key, cancellationToken))
                yield return interaction;
        }
    }
}
