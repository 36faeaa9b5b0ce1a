using System.Runtime.CompilerServices;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Aws.Kinesis;
using Recommendation.Domain.Erasures;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Aws.S3;

/// <summary>
/// Records of erasures under <c>erasures/</c>, and under <c>open-erasures/</c> an empty object for each that is not
/// finished, so that those are found without reading the others.
/// </summary>
/// <param name="bucket">Keeps them.</param>
/// <param name="stream">Takes the record into the log; null for a host that has no stream, whose erasures
/// go by its clock.</param>
internal sealed class S3Erasures(Bucket bucket, StreamErasures? stream = null) : IErasures
{
    private const string Records = "erasures/";
    private const string Open = "open-erasures/";

    /// <summary>
    /// More than the longest invocation of a writer or of the archive's compaction (15 minutes), and than the longest
    /// time that the delivery keeps what it partitions (1.5 times its buffer of 15 minutes).
    /// </summary>
    public TimeSpan SettleTime => TimeSpan.FromMinutes(30);

    public async Task<Erasure> BeginAsync(UserId user, DateTimeOffset requestedAt, CancellationToken cancellationToken)
    {
        var id = ErasureId.New(requestedAt);
        var boundary = stream is null
            ? new ErasureBoundary { ArrivedAt = requestedAt.AddMilliseconds(1), Partition = "" }
            : await stream.AppendAsync(id, user, cancellationToken);
        var erasure = new Erasure { Id = id, User = user, RequestedAt = requestedAt, Boundary = boundary };
        // The record first: an open one that has no record is passed over.
        await bucket.PutAsync(KeyOf(id), ErasureDocument.Write(erasure), PutCondition.Absent, cancellationToken);
        await bucket.PutAsync(Open + id, [], PutCondition.Always, cancellationToken);
        return erasure;
    }

    public async Task<Erasure?> FindAsync(ErasureId id, CancellationToken cancellationToken) =>
        await bucket.FindAsync(KeyOf(id), cancellationToken) is { } stored
            ? ErasureDocument.Read(stored.Body, KeyOf(id))
            : null;

    public async Task<Erasure?> SaveAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var key = KeyOf(erasure.Id);
        if (
            await bucket.FindAsync(key, cancellationToken) is not { } stored
            || ErasureDocument.Read(stored.Body, key).Version != erasure.Version
        )
            return null;
        var next = erasure with { Version = erasure.Version + 1 };
        if (
            await bucket.PutAsync(key, ErasureDocument.Write(next), PutCondition.Unchanged(stored), cancellationToken)
            is null
        )
            return null;
        if (next.IsFinished)
            await bucket.DeleteAsync(Open + next.Id, cancellationToken);
        return next;
    }

    public async IAsyncEnumerable<Erasure> ListAsync(
        bool includeFinished, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prefix = includeFinished ? Records : Open;
        var ids = new List<ErasureId>();
        // Ids begin with the time of the request, so the keys of earlier ones need not be listed.
        var after = since is { } from ? prefix + ErasureId.FirstAt(from) : null;
        await foreach (var key in bucket.KeysAsync(prefix, after, cancellationToken))
            ids.Add(ErasureId.Parse(key[prefix.Length..].Replace(".json", "", StringComparison.Ordinal)));
        if (includeFinished)
            ids.Reverse();
        foreach (var id in ids)
        {
            if (await FindAsync(id, cancellationToken) is { } erasure && (includeFinished || !erasure.IsFinished))
                yield return erasure;
        }
    }

    private static string KeyOf(ErasureId id) => $"{Records}{id}.json";
}
