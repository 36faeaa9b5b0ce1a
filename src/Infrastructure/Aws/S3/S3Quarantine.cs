using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Recommendation.Application.Ports;
using Recommendation.Application.Quarantine;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Aws.S3;

/// <summary>Rejected records as objects of their own; see <see cref="QuarantineKeys"/>.</summary>
internal sealed class S3Quarantine(Bucket bucket) : IQuarantine
{
    /// <summary>How many keys, and how many records, a part of an erasure looks at.</summary>
    private const int KeysAtOnce = 5000;
    private const int RecordsAtOnce = 100;

    private const int InFlight = 32;

    public Task AddAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(records.DistinctBy(record => record.Position), Options(cancellationToken), AddAsync);

    public async IAsyncEnumerable<QuarantinedRecord> ListAsync(
        bool includeSettled, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Keys come in order of arrival; positions of one arrival are sorted here.
        var sameArrival = new List<string>();
        await foreach (var key in bucket.KeysAsync(QuarantineKeys.Records, cancellationToken))
        {
            if (
                sameArrival.Count > 0
                && !string.Equals(
                    QuarantineKeys.ArrivalOf(key),
                    QuarantineKeys.ArrivalOf(sameArrival[0]),
                    StringComparison.Ordinal
                )
            )
            {
                foreach (var record in await ReadAsync(sameArrival, includeSettled, cancellationToken))
                    yield return record;
                sameArrival.Clear();
            }
            sameArrival.Add(key);
        }
        foreach (var record in await ReadAsync(sameArrival, includeSettled, cancellationToken))
            yield return record;
    }

    /// <summary>
    /// Keys list in order of arrival only, so the days are gone through from the last one back, and a day's keys are
    /// turned round.
    /// </summary>
    public async IAsyncEnumerable<QuarantinedRecord> NewestAsync(
        QuarantineSearch search, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = search.Before is { } before ? QuarantineKeys.ArrivalOf(before.ArrivedAt) : null;
        foreach (
            var day in (await bucket.FoldersAsync(QuarantineKeys.Records, cancellationToken)).AsEnumerable().Reverse()
        )
        {
            if (last is not null && string.CompareOrdinal(day, last) > 0)
                continue;
            var keys = await bucket
                .KeysAsync(day, cancellationToken)
                .Where(key => last is null || string.CompareOrdinal(QuarantineKeys.ArrivalOf(key), last) <= 0)
                .Reverse()
                .ToListAsync(cancellationToken);
            foreach (var some in WholeArrivals(keys))
            {
                var records = await ReadAsync(some, includeSettled: true, cancellationToken);
                foreach (var record in records.Where(search.Includes).OrderByDescending(QuarantinePlace.Of))
                    yield return record;
            }
        }
    }

    public Task MarkAsync(
        IReadOnlyList<Position> positions,
        QuarantineEnd decision,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        Parallel.ForEachAsync(
            positions,
            Options(cancellationToken),
            async (position, cancellation) =>
            {
                if (
                    await bucket.FindAsync(QuarantineKeys.OfPosition(position), cancellation) is { } held
                    && Encoding.UTF8.GetString(held.Body) is var key
                    && await FindAsync(key, cancellation) is { } record
                )
                    await bucket.PutAsync(
                        key,
                        BodyOf(record.After(decision, at)),
                        PutCondition.Always,
                        cancellation
                    );
            }
        );

    /// <summary>
    /// A user's records are found by their keys; those of nobody that could be read are read. A sweep
    /// reads all of them.
    /// </summary>
    public async Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        var (own, ofNobody) = (QuarantineKeys.SuffixOf(work.User), QuarantineKeys.SuffixOf(null));
        var (found, unread) = (new List<string>(), new List<string>());
        var (seen, last) = (0, (string?)null);
        await foreach (var key in bucket.KeysAsync(QuarantineKeys.Records, work.After, cancellationToken))
        {
            if (key.EndsWith(own, StringComparison.Ordinal) && !work.IsSweep)
                found.Add(key);
            else if (key.EndsWith(own, StringComparison.Ordinal) || key.EndsWith(ofNobody, StringComparison.Ordinal))
                unread.Add(key);
            last = key;
            if (++seen == KeysAtOnce || unread.Count == RecordsAtOnce)
                break;
        }
        var versions = new ObjectVersions(bucket);
        var shortened = 0;
        foreach (var key in unread)
        {
            if (
                await FindAsync(key, cancellationToken) is not { } record
                || !work.Concerns(record)
                || !record.IsAbout(work.User)
            )
                continue;
            if (record.Without(work.User) is not { } rest)
            {
                found.Add(key);
                continue;
            }
            await bucket.PutAsync(key, BodyOf(rest), PutCondition.Always, cancellationToken);
            await versions.RemoveEarlierAsync(key, cancellationToken);
            shortened++;
        }
        foreach (var key in found)
        {
            // The record first: if this stops in between, it is not found again under a position that is free.
            await versions.RemoveAsync(key, cancellationToken);
            await versions.RemoveAsync(QuarantineKeys.PositionOf(key), cancellationToken);
        }
        return new ErasedPart(
            found.Count + shortened,
            seen == KeysAtOnce || unread.Count == RecordsAtOnce ? last : null
        );
    }

    /// <summary>
    /// The position is taken first and names the key; whoever finds it taken makes sure that the record is there.
    /// </summary>
    private async ValueTask AddAsync(QuarantinedRecord record, CancellationToken cancellationToken)
    {
        var key = QuarantineKeys.Of(record);
        var position = QuarantineKeys.OfPosition(record.Position);
        if (await bucket.PutAsync(position, Encoding.UTF8.GetBytes(key), PutCondition.Absent, cancellationToken) is null
            && await bucket.FindAsync(position, cancellationToken) is { } held)
            key = Encoding.UTF8.GetString(held.Body);
        await bucket.PutAsync(key, BodyOf(record), PutCondition.Absent, cancellationToken);
    }

    private async Task<IEnumerable<QuarantinedRecord>> ReadAsync(
        List<string> keys,
        bool includeSettled,
        CancellationToken cancellationToken
    )
    {
        var records = new ConcurrentBag<QuarantinedRecord>();
        await Parallel.ForEachAsync(keys, Options(cancellationToken), async (key, cancellation) =>
        {
            if (await FindAsync(key, cancellation) is { } record && (includeSettled || record.IsOpen))
                records.Add(record);
        });
        return records
            .OrderBy(record => record.Position.Partition, StringComparer.Ordinal)
            .ThenBy(record => record.Position, Comparer<Position>.Create((a, b) => a.CompareWithin(b)));
    }

    /// <summary>
    /// Cuts keys into groups that are read at once; those of one arrival stay together, since they are sorted when they
    /// are read.
    /// </summary>
    private static IEnumerable<List<string>> WholeArrivals(List<string> keys)
    {
        var group = new List<string>();
        foreach (var key in keys)
        {
            if (
                group.Count >= InFlight
                && !string.Equals(
                    QuarantineKeys.ArrivalOf(key),
                    QuarantineKeys.ArrivalOf(group[^1]),
                    StringComparison.Ordinal
                )
            )
            {
                yield return group;
                group = [];
            }
            group.Add(key);
        }
        if (group.Count > 0)
            yield return group;
    }

    private async Task<QuarantinedRecord?> FindAsync(string key, CancellationToken cancellationToken) =>
        await bucket.FindAsync(key, cancellationToken) is { } stored
            ? S3Json.Read(stored.Body, S3Json.Default.QuarantineDocument, key).ToRecord() : null;

    private static byte[] BodyOf(QuarantinedRecord record) =>
        S3Json.Write(QuarantineDocument.From(record), S3Json.Default.QuarantineDocument);

    private static ParallelOptions Options(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken };
}
