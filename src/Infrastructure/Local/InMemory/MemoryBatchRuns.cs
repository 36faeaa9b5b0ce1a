using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;

namespace Recommendation.Local.InMemory;

/// <summary>Runs in a dictionary; gone with the process, and the lease with them.</summary>
internal sealed class MemoryBatchRuns : IBatchRuns, IBatchLeases
{
    private readonly Lock _gate = new();
    private readonly Dictionary<BatchRunId, BatchRun> _runs = [];
    private BatchLease? _lease;

    public Task<BatchLease> LeaseAsync(BatchLease lease, DateTimeOffset now, CancellationToken cancellationToken) =>
        _gate.Do(() => Lease(lease, now), cancellationToken);

    public Task<BatchLease?> FindHeldAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        _gate.Do(() => _lease is { } held && held.ExpiresAt > now ? held : null, cancellationToken);

    public Task ReleaseAsync(BatchLease lease, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                if (_lease?.IsHeldBy(lease) == true)
                    _lease = null;
            },
            cancellationToken);

    public Task<BatchRun?> FindAsync(BatchRunId id, CancellationToken cancellationToken) =>
        _gate.Do(() => _runs.GetValueOrDefault(id), cancellationToken);

    public Task<BatchRun> SaveAsync(BatchRun run, BatchRun? replaces, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                var current = _runs.GetValueOrDefault(run.Id);
                if (current != replaces)
                    return current ?? throw new StoreUnavailableException($"The record of run '{run.Id}' is gone.");
                return _runs[run.Id] = run;
            },
            cancellationToken);

    public Task<IReadOnlyList<BatchRun>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return _gate.Do<IReadOnlyList<BatchRun>>(
            () => [.. _runs.Values.OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.Id).Take(limit)],
            cancellationToken);
    }

    private BatchLease Lease(BatchLease lease, DateTimeOffset now)
    {
        if (_lease is { } held && !held.IsHeldBy(lease) && held.ExpiresAt > now)
            return held;
        return _lease = lease;
    }
}
