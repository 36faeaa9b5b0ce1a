using System.Globalization;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Aws.S3;
using Recommendation.Domain;

namespace Recommendation.Aws.Archive;

/// <summary>
/// Makes few large objects of the many small ones of days that have ended, and puts what is not under a group of users
/// under its group. What is made is there before what it was made of is removed, so a reader may find an event twice
/// and never not at all; it may be stopped anywhere. An erasure that is under way at the same time sweeps the groups
/// once more when this can't run on (see <see cref="ArchiveErasure"/>).
/// </summary>
internal sealed partial class ArchiveCompaction(
    Bucket bucket,
    ArchiveListing listing,
    TimeProvider time,
    ILogger<ArchiveCompaction> logger
)
{
    /// <summary>Bytes of what is made at once, as stored: it is held in memory.</summary>
    internal const long StepBytes = 32 << 20;

    /// <summary>From this size on an object is left as it is.</summary>
    internal const long LargeObject = 16 << 20;

    private const int BucketsAtOnce = 8;

    /// <summary>Deliveries of a day come within a quarter of an hour after its end.</summary>
    private static readonly TimeSpan s_delivery = TimeSpan.FromHours(1);

    private readonly ObjectVersions _versions = new(bucket);

    /// <returns>Whether nothing is left to do.</returns>
    internal async Task<bool> RunAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var open = DateOnly.FromDateTime((time.GetUtcNow() - s_delivery).UtcDateTime);
        await foreach (var day in listing.DaysAsync(from: null, cancellationToken))
        {
            if (day < open && !await CompactAsync(day, until, cancellationToken))
                return false;
        }
        return true;
    }

    private async Task<bool> CompactAsync(DateOnly day, DateTimeOffset until, CancellationToken cancellationToken)
    {
        foreach (var step in Steps((await KeysAsync(day, cancellationToken)).Where(key => key.Bucket is null)))
        {
            if (time.GetUtcNow() >= until)
                return false;
            await SplitAsync(day, step, cancellationToken);
        }
        var joins = (await KeysAsync(day, cancellationToken))
            .Where(key => key.Bucket is not null && key.Size < LargeObject)
            .GroupBy(key => key.Bucket!.Value)
            .SelectMany(group => Steps(group))
            .Where(step => step.Count > 1)
            .ToList();
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = BucketsAtOnce,
            CancellationToken = cancellationToken,
        };
        var late = 0;
        await Parallel.ForEachAsync(joins, options, async (step, cancellation) =>
        {
            if (time.GetUtcNow() >= until)
                Interlocked.Increment(ref late);
            else
                await JoinAsync(day, step, cancellation);
        });
        return late == 0;
    }

    private Task<List<ArchiveKey>> KeysAsync(DateOnly day, CancellationToken cancellationToken) =>
        bucket
            .ObjectsAsync(ArchiveKey.PrefixOf(day), after: null, cancellationToken)
            .Select(found => ArchiveKey.Parse(found.Key, found.Size))
            .Where(key => key is not null)
            .Select(key => key!.Value)
            .ToListAsync(cancellationToken)
            .AsTask();

    /// <summary>Neighbours that are small enough together.</summary>
    private static IEnumerable<List<ArchiveKey>> Steps(IEnumerable<ArchiveKey> keys)
    {
        var (step, size) = (new List<ArchiveKey>(), 0L);
        foreach (var key in keys)
        {
            if (step.Count > 0 && size + key.Size > StepBytes)
            {
                yield return step;
                (step, size) = ([], 0);
            }
            step.Add(key);
            size += key.Size;
        }
        if (step.Count > 0)
            yield return step;
    }

    private async Task SplitAsync(DateOnly day, List<ArchiveKey> step, CancellationToken cancellationToken)
    {
        using var lines = new LinesByBucket();
        var done = new List<ArchiveKey>();
        foreach (var key in step)
        {
            try
            {
                if (await bucket.FindAsync(key.Key, cancellationToken) is not { } stored)
                    continue;
                using var ofObject = new LinesByBucket();
                await ofObject.AddAsync(stored.Body, key.Key, cancellationToken);
                lines.Add(ofObject);
                done.Add(key);
            }
            catch (StoredFormatException problem)
            {
                LogDamaged(problem.Message);
            }
        }
        foreach (var (group, body) in lines.Bodies())
            await bucket.PutAsync(NameOf(day, group, "split", done), body, PutCondition.Always, cancellationToken);
        await RemoveAsync(done, cancellationToken);
    }

    /// <summary>
    /// What is compressed with gzip can be put one after the other as it is; but what is damaged would make
    /// all of it unreadable.
    /// </summary>
    private async Task JoinAsync(DateOnly day, List<ArchiveKey> step, CancellationToken cancellationToken)
    {
        using var joined = new MemoryStream();
        var done = new List<ArchiveKey>();
        foreach (var key in step)
        {
            try
            {
                if (await bucket.FindAsync(key.Key, cancellationToken) is not { } stored)
                    continue;
                await ArchiveObject.CheckAsync(stored.Body, key.Key, cancellationToken);
                joined.Write(stored.Body);
                done.Add(key);
            }
            catch (StoredFormatException problem)
            {
                LogDamaged(problem.Message);
            }
        }
        if (done.Count < 2)
            return;
        await bucket.PutAsync(
            NameOf(day, step[0].Bucket!.Value, "joined", done),
            joined.ToArray(),
            PutCondition.Always,
            cancellationToken
        );
        await RemoveAsync(done, cancellationToken);
    }

    private async Task RemoveAsync(List<ArchiveKey> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
            await _versions.RemoveAsync(key.Key, cancellationToken);
    }

    /// <summary>The same sources give the same name.</summary>
    private static string NameOf(DateOnly day, int group, string made, List<ArchiveKey> sources)
    {
        var hash = StableHash.Of(string.Join('\n', sources.Select(source => source.Key)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ArchiveKey.PrefixOf(day, group)}{made}-{hash:x16}.jsonl.gz"
        );
    }

    [LoggerMessage(LogLevel.Error, "An object of the archive is left as it is: {Problem}")]
    private partial void LogDamaged(string problem);
}
