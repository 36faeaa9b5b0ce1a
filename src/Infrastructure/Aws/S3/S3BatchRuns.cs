using System.Globalization;
using Recommendation.Application.Batches;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;

namespace Recommendation.Aws.S3;

/// <summary>
/// Runs under <c>batch-runs/{runId}/run.json</c>, and one lease for all. <c>batch-index/</c> names the runs by their
/// start, the latest first, since S3 lists by key and the latest are the ones asked for.
/// </summary>
internal sealed class S3BatchRuns(Bucket bucket) : IBatchRuns, IBatchLeases
{
    private const string Lease = "batch-runs/lease.json";
    private const string Index = "batch-index/";
    private const int LeaseRetries = 10;
    private const int SaveRetries = 10;

    public async Task<BatchLease> LeaseAsync(BatchLease lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < LeaseRetries; attempt++)
        {
            var stored = await bucket.FindAsync(Lease, cancellationToken);
            if (LeaseOf(stored) is { } held && held.ExpiresAt > now && !held.IsHeldBy(lease))
                return held;
            var body = S3Json.Write(LeaseDocument.From(lease), S3Json.Default.LeaseDocument);
            if (await bucket.PutAsync(Lease, body, PutCondition.Unchanged(stored), cancellationToken) is not null)
                return lease;
        }
        throw new StoreUnavailableException(
            $"{bucket.Subject}: the lease of batch runs kept changing hands; try again."
        );
    }

    public async Task<BatchLease?> FindHeldAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        LeaseOf(await bucket.FindAsync(Lease, cancellationToken)) is { } held && held.ExpiresAt > now ? held : null;

    public async Task ReleaseAsync(BatchLease lease, CancellationToken cancellationToken)
    {
        var stored = await bucket.FindAsync(Lease, cancellationToken);
        if (LeaseOf(stored) is not { } held || !held.IsHeldBy(lease))
            return;
        // Run out instead of deleted: S3 puts under a condition everywhere, but deletes under one only in some places.
        var free = S3Json.Write(
            LeaseDocument.From(held with { ExpiresAt = DateTimeOffset.UnixEpoch }),
            S3Json.Default.LeaseDocument
        );
        await bucket.PutAsync(Lease, free, PutCondition.Unchanged(stored), cancellationToken);
    }

    public async Task<BatchRun?> FindAsync(BatchRunId id, CancellationToken cancellationToken) =>
        RunOf(id, await bucket.FindAsync(KeyOf(id), cancellationToken));

    public async Task<BatchRun> SaveAsync(BatchRun run, BatchRun? replaces, CancellationToken cancellationToken)
    {
        if (replaces is null)
            await bucket.PutAsync(IndexKeyOf(run), [], PutCondition.Always, cancellationToken);
        if (run.State == BatchState.Ranking)
            await bucket.PutAsync(
                BucketKeys.SegmentsOf(run.Id),
                S3Json.Write(SegmentReference.AllOf(run), S3Json.Default.SegmentReferenceArray),
                PutCondition.Always,
                cancellationToken
            );
        var body = S3Json.Write(RunDocument.From(run), S3Json.Default.RunDocument);
        for (var attempt = 0; attempt < SaveRetries; attempt++)
        {
            var stored = await bucket.FindAsync(KeyOf(run.Id), cancellationToken);
            var current = RunOf(run.Id, stored);
            if (current != replaces)
                return current
                    ?? throw new StoreUnavailableException($"{bucket.Subject}: the record of run {run.Id} is gone.");
            if (
                await bucket.PutAsync(KeyOf(run.Id), body, PutCondition.Unchanged(stored), cancellationToken)
                is not null
            )
                return run;
        }
        throw new StoreUnavailableException($"{bucket.Subject}: the record of run {run.Id} kept changing; try again.");
    }

    public async Task<IReadOnlyList<BatchRun>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        var runs = new List<BatchRun>();
        if (limit == 0)
            return runs;
        await foreach (var key in bucket.KeysAsync(Index, cancellationToken))
        {
            var run = await FindAsync(BatchRunId.Parse(key[(key.LastIndexOf('/') + 1)..]), cancellationToken);
            // Past the limit only to see those that started in the same millisecond: ids tell them
            // apart, the greater first.
            if (runs.Count >= limit && run?.StartedAt != runs[^1].StartedAt)
                break;
            if (run is not null)
                runs.Add(run);
        }
        return [.. runs.OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.Id).Take(limit)];
    }

    private static BatchLease? LeaseOf(StoredObject? stored) =>
        stored is null ? null : S3Json.Read(stored.Body, S3Json.Default.LeaseDocument, Lease).ToLease();

    private static BatchRun? RunOf(BatchRunId id, StoredObject? stored) =>
        stored is null ? null : S3Json.Read(stored.Body, S3Json.Default.RunDocument, KeyOf(id)).ToRun();

    private static string KeyOf(BatchRunId id) => $"batch-runs/{id}/run.json";

    private static string IndexKeyOf(BatchRun run)
    {
        var untilTheEndOfTime =
            DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() - run.StartedAt.ToUnixTimeMilliseconds();
        return string.Create(CultureInfo.InvariantCulture, $"{Index}{untilTheEndOfTime:D15}/{run.Id}");
    }
}
