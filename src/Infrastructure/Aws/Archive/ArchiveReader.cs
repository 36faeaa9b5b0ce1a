using System.Runtime.CompilerServices;
using Recommendation.Aws.S3;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Archive;

/// <summary>
/// Reads objects of the archive; small ones are fetched ahead, since most of the time is spent waiting
/// for the first byte.
/// </summary>
internal sealed class ArchiveReader(Bucket bucket)
{
    private const int ObjectsAhead = 16;
    private const long SmallObject = 1 << 20;

    /// <summary>
    /// Reads objects that are given day by day: each event once, each shard in its order. Two days of what is wanted
    /// are held at a time.
    /// </summary>
    /// <param name="keys">The objects, in the order of their days.</param>
    /// <param name="isWanted">Whether an event is; null for all.</param>
    /// <param name="after">Only what is beyond this in its shard is wanted; null for all of all shards.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="isGone">Told the key of an object that is not there any more; null to pass over it.</param>
    internal async IAsyncEnumerable<Interaction> ReadAsync(
        IAsyncEnumerable<ArchiveKey> keys,
        Func<Interaction, bool>? isWanted,
        Position? after,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        Action<string>? isGone = null
    )
    {
        var window = new ArchiveWindow(after);
        DateOnly? reading = null;
        await foreach (var (key, body) in OpenAsync(keys, isGone, cancellationToken))
        {
            if (reading is { } previous && key.Day != previous)
            {
                // All of the day before the one that ends here has been delivered by now.
                foreach (var interaction in window.TakeArrivedBefore(previous))
                    yield return interaction;
            }
            reading = key.Day;
            await using (body)
            {
                await foreach (var interaction in ArchiveObject.DecodeAsync(body, key.Key, cancellationToken))
                {
                    if (isWanted is null || isWanted(interaction))
                        window.Add(interaction);
                }
            }
        }
        foreach (var interaction in window.TakeAll())
            yield return interaction;
    }

    /// <summary>Reads the events of one object as they are; none if the object is gone.</summary>
    internal async IAsyncEnumerable<Interaction> ReadAsync(
        string key,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
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

    private async IAsyncEnumerable<(ArchiveKey Key, Stream Body)> OpenAsync(
        IAsyncEnumerable<ArchiveKey> keys, Action<string>? isGone,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ahead = new Queue<(ArchiveKey Key, Task<Stream?>? Body)>();
        await foreach (var key in keys)
        {
            ahead.Enqueue((key, key.Size <= SmallObject ? FetchAsync(key.Key, cancellationToken) : null));
            if (ahead.Count < ObjectsAhead)
                continue;
            if (await NextAsync(ahead, isGone, cancellationToken) is { Body: { } body } next)
                yield return (next.Key, body);
        }
        while (ahead.Count > 0)
        {
            if (await NextAsync(ahead, isGone, cancellationToken) is { Body: { } body } next)
                yield return (next.Key, body);
        }
    }

    private async Task<(ArchiveKey Key, Stream? Body)> NextAsync(
        Queue<(ArchiveKey Key, Task<Stream?>? Body)> ahead,
        Action<string>? isGone,
        CancellationToken cancellationToken
    )
    {
        var (key, pending) = ahead.Dequeue();
        var body = await (pending ?? bucket.OpenAsync(key.Key, cancellationToken));
        if (body is null)
            isGone?.Invoke(key.Key);
        return (key, body);
    }

    private async Task<Stream?> FetchAsync(string key, CancellationToken cancellationToken) =>
        await bucket.FindAsync(key, cancellationToken) is { } stored
            ? new MemoryStream(stored.Body, writable: false)
            : null;
}
