using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;

namespace Recommendation.Application.Batches;

/// <summary>
/// When this process last renewed the lease of an attempt. Segments follow each other within seconds and all runs share
/// one lease, so it is renewed when half of its time is over, and not for each segment.
/// </summary>
internal sealed class LeaseRenewals(IBatchRuns runs, RecommendationOptions options, TimeProvider time)
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
            if (_held is { } held && held.IsHeldBy(wanted) && held.ExpiresAt - now > options.BatchLease / 2)
                return;
        }
        var lease = await runs.LeaseAsync(wanted, now, cancellationToken);
        if (!lease.IsHeldBy(wanted))
            throw new RefusedException(
                $"Attempt {run.Attempt} of run {run.Id} lost its lease to run {lease.RunId}, attempt {lease.Attempt}."
            );
        lock (_lock)
            _held = lease;
    }
}
