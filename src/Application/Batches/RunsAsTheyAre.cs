using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;

namespace Recommendation.Application.Batches;

/// <summary>
/// Tells runs that are going from those whose process died: the record of such a run says that it goes on, but nobody
/// holds its lease.
/// </summary>
internal sealed class RunsAsTheyAre(IBatchRuns runs, IBatchLeases leases, TimeProvider time)
{
    /// <returns>The runs, with those that nobody works on as <see cref="BatchState.Interrupted"/>.</returns>
    internal async Task<IReadOnlyList<BatchRun>> OfAsync(
        IReadOnlyList<BatchRun> stored,
        CancellationToken cancellationToken
    )
    {
        if (!stored.Any(IsGoing))
            return stored;
        var held = await leases.FindHeldAsync(time.GetUtcNow(), cancellationToken);
        var known = new List<BatchRun>(stored.Count);
        foreach (var run in stored)
            known.Add(
                IsGoing(run) && held?.IsHeldBy(run.LeaseUntil(default)) != true
                    ? await AgainAsync(run, cancellationToken)
                    : run
            );
        return known;
    }

    /// <summary>It may have ended, or have been resumed, since its record was read.</summary>
    private async Task<BatchRun> AgainAsync(BatchRun before, CancellationToken cancellationToken)
    {
        var now = await runs.FindAsync(before.Id, cancellationToken) ?? before;
        return now == before ? now with { State = BatchState.Interrupted } : now;
    }

    private static bool IsGoing(BatchRun run) => run.State is BatchState.Planning or BatchState.Ranking;
}
