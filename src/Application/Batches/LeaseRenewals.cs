using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;

namespace Recommendation.Application.Batches;

/// <summary>
/// When this process last saw that its attempt has the lease. Segments follow each other within seconds, in up to a thousand processes, and all
/// runs share one lease; so it is renewed when half of its time is over, and not for each segment nor by each process.
/// </summary>
internal sealed class LeaseRenewals(IBatchRuns runs, IBatchLeases leases, RecommendationOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private BatchLease? _held;

    /// <exception cref="RefusedException">Another attempt, or another run, has the lease.</exception>
    internal async Task HoldAsync(BatchRun run, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var wanted = run.LeaseUntil(now + options.BatchLease);
        lock (_lock)
        {
            if (IsFresh(_held, wanted, now))
                return;
        }
        var stored = await leases.FindHeldAsync(now, cancellationToken);
        var lease = IsFresh(stored, wanted, now) ? stored! : await runs.LeaseAsync(wanted, now, cancellationToken);
        if (!lease.IsHeldBy(wanted))
            throw new RefusedException($"Attempt {run.Attempt} of run {run.Id} lost its lease to run {lease.RunId}, attempt {lease.Attempt}.");
        lock (_lock)
            _held = lease;
    }

    private bool IsFresh(BatchLease? lease, BatchLease wanted, DateTimeOffset now) =>
        lease is not null && lease.IsHeldBy(wanted) && lease.ExpiresAt - now > options.BatchLease / 2;
}
