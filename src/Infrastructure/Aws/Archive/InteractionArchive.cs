using System.Runtime.CompilerServices;
using Recommendation.Aws.S3;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Archive;

/// <summary>
/// What went through the stream, under <c>archive/yyyy/MM/dd/</c>: what profiles are rebuilt from and models are trained on. The
/// objects may hold copies and need not be in order; reading gives each event once and each shard in its order.
/// </summary>
internal sealed class InteractionArchive(Bucket bucket)
{
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

    /// <summary>Rewrites the objects that hold a user's earlier arrivals, and removes what they were before.</summary>
    internal async Task<long> ForgetAsync(UserId user, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        await foreach (var key in bucket.KeysAsync(ArchiveObject.Prefix, cancellationToken))
        {
            // An object's day is that of its first arrival, so later days hold nothing that arrived before.
            if (ArchiveObject.DayOf(key) is { } day && day <= DateOnly.FromDateTime(before.UtcDateTime).AddDays(1))
                keys.Add(key);
        }
        var removed = new HashSet<Position>();
        foreach (var key in keys)
            await ForgetAsync(key, user, before, removed, cancellationToken);
        return removed.Count;
    }

    private async Task ForgetAsync(string key, UserId user, DateTimeOffset before, HashSet<Position> removed, CancellationToken cancellationToken)
    {
        var kept = new List<Interaction>();
        var found = 0;
        await foreach (var interaction in ReadAsync(key, cancellationToken))
        {
            if (interaction.UserId != user || interaction.ArrivedAt >= before)
            {
                kept.Add(interaction);
                continue;
            }
            found++;
            removed.Add(interaction.Position);
        }
        if (found == 0)
            return;
        var versions = new ObjectVersions(bucket);
        if (kept.Count == 0)
        {
            await versions.RemoveAsync(key, cancellationToken);
            return;
        }
        await bucket.PutAsync(key, ArchiveObject.Encode(kept), PutCondition.Always, cancellationToken);
        await versions.RemoveEarlierAsync(key, cancellationToken);
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
