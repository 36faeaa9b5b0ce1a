using MediatR;
using Recommendation.Application.Batches;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;

namespace Recommendation.Application.Overview;

/// <summary>How it is now: what is stored, which model is current, and how the last run went.</summary>
public sealed record GetOverview : IRequest<OverviewState>
{
    internal sealed class Handler(
        IStoreCounts counts,
        IModelStore models,
        IBatchRuns runs,
        RunsAsTheyAre known,
        IErasures erasures,
        TimeProvider time
    ) : IRequestHandler<GetOverview, OverviewState>
    {
        // Enough to find the last one that ended among cancelled and skipped ones.
        private const int Runs = 50;

        public async Task<OverviewState> Handle(GetOverview request, CancellationToken cancellationToken)
        {
            var latest = await known.OfAsync(await runs.ListAsync(Runs, cancellationToken), cancellationToken);
            var current = (await models.CurrentAsync(cancellationToken)).Version;
            var completed = latest.FirstOrDefault(run => run is { State: BatchState.Completed, IsOfGivenUsers: false });
            var open = await erasures.ListAsync(includeFinished: false, since: null, cancellationToken)
                .Select(erasure => erasure.RequestedAt).ToListAsync(cancellationToken);
            return new OverviewState(
                await counts.CountAsync(cancellationToken),
                current is null
                    ? null
                    : (await models.ListAsync(cancellationToken)).FirstOrDefault(model => model.Version == current),
                latest.FirstOrDefault(run => run.State is BatchState.Planning or BatchState.Ranking),
                latest.FirstOrDefault(run => run.State is not (BatchState.Planning or BatchState.Ranking)),
                time.GetUtcNow() - completed?.FinishedAt,
                completed is { Counts.Active: > 0 }
                    ? completed.Counts.Fallback / (double)completed.Counts.Active
                    : null,
                open.Count,
                open.Count == 0 ? null : time.GetUtcNow() - open.Min()
            );
        }
    }
}

/// <summary>How it is.</summary>
/// <param name="Model">The current model; null where there is none.</param>
/// <param name="Running">The run that has begun and not ended; null where there is none.</param>
/// <param name="LastRun">The newest run that ended, however; null where there is none.</param>
/// <param name="ListAge">Since the last completed run of all active users ended; null before the first.</param>
/// <param name="FallbackShare">Of the users of the last completed run of all active users, who got the popular items;
/// null before the first.</param>
/// <param name="OpenErasures">How many erasures are not finished.</param>
/// <param name="OldestErasure">How long ago the oldest of them was requested; null if there is none.</param>
public sealed record OverviewState(
    StoreCounts Counts,
    ModelDescription? Model,
    BatchRun? Running,
    BatchRun? LastRun,
    TimeSpan? ListAge,
    double? FallbackShare,
    int OpenErasures,
    TimeSpan? OldestErasure
);
