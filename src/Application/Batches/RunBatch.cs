using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Batches;

/// <summary>
/// A whole run in this process: plan, every segment that has no result yet, complete. Stops
/// between segments when cancelled.
/// </summary>
/// <param name="Id">A run that died or was cancelled goes on where it stopped.</param>
/// <param name="SkipIfBusy">As in <see cref="PlanBatch"/>.</param>
/// <param name="Progress">Told how many of the run's users are done.</param>
/// <param name="Users">As in <see cref="PlanBatch"/>.</param>
/// <param name="Begun">Told the run once it is planned, before the first user is ranked.</param>
public sealed record RunBatch(
    BatchRunId Id,
    bool SkipIfBusy = false,
    IProgress<BatchProgress>? Progress = null,
    IReadOnlyCollection<UserId>? Users = null,
    IProgress<BatchRun>? Begun = null
) : IRequest<BatchRun>
{
    internal sealed class Handler(IMediator mediator, IBatchRuns runs, IBatchSegments segments)
        : IRequestHandler<RunBatch, BatchRun>
    {
        public async Task<BatchRun> Handle(RunBatch request, CancellationToken cancellationToken)
        {
            var run = await mediator.Send(
                new PlanBatch(request.Id, request.SkipIfBusy, request.Users),
                cancellationToken
            );
            request.Begun?.Report(run);
            if (run.State is BatchState.Skipped or BatchState.Completed)
                return run;
            try
            {
                return await RankAsync(run, request.Progress, cancellationToken);
            }
            finally
            {
                // Whatever happened, nobody works on the run any more: the next start need not wait for the lease to
                // run out.
                await runs.ReleaseAsync(run.LeaseUntil(default), CancellationToken.None);
            }
        }

        private async Task<BatchRun> RankAsync(
            BatchRun run,
            IProgress<BatchProgress>? progress,
            CancellationToken cancellationToken
        )
        {
            var done = (await segments.ResultsAsync(run.Id, cancellationToken)).ToDictionary(result => result.Number);
            for (var segment = run.FirstSegment; segment < run.FirstSegment + run.Segments; segment++)
            {
                progress?.Report(new BatchProgress(done.Values.Sum(result => result.Counts.Active), run.Users));
                if (done.ContainsKey(segment))
                    continue;
                if (await CancelledAsync(run, cancellationToken) is { } cancelled)
                    return cancelled;
                done[segment] = await mediator.Send(new GenerateRecommendations(run.Id, segment), cancellationToken);
            }
            if (await CancelledAsync(run, cancellationToken) is { } stopped)
                return stopped;
            progress?.Report(new BatchProgress(run.Users, run.Users));
            return await mediator.Send(new CompleteBatch(run.Id), cancellationToken);
        }

        private async Task<BatchRun?> CancelledAsync(BatchRun run, CancellationToken cancellationToken) =>
            await runs.FindAsync(run.Id, cancellationToken) is { State: BatchState.Cancelled } cancelled
                ? cancelled
                : null;
    }
}

/// <summary>How far a run is.</summary>
public sealed record BatchProgress(int UsersDone, int Users);
