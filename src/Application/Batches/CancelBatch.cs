using MediatR;
using Recommendation.Application.Pipeline;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;

namespace Recommendation.Application.Batches;

/// <summary>
/// Stops a run after the segments that are being ranked; it can be resumed. Its lease is given back, so the next run
/// need not wait until the lease expires.
/// </summary>
public sealed record CancelBatch(BatchRunId Run) : IRequest<BatchRun>
{
    internal sealed class Handler(IBatchRuns runs, TimeProvider time) : IRequestHandler<CancelBatch, BatchRun>
    {
        public async Task<BatchRun> Handle(CancelBatch request, CancellationToken cancellationToken)
        {
            var run = await runs.FindAsync(request.Run, cancellationToken)
                ?? throw RefusedException.Missing($"There is no run {request.Run}.", NextStep.ListRuns);
            while (run.State != BatchState.Cancelled)
            {
                if (run.State is BatchState.Completed or BatchState.Skipped)
                    throw new RefusedException($"Run {run.Id} is {run.State.ToText()} and can't be cancelled.");
                var cancelled = run.Cancel(time.GetUtcNow());
                run = await runs.SaveAsync(cancelled, run, cancellationToken);
                if (run == cancelled)
                    Telemetry.BatchRuns.Add(1, new KeyValuePair<string, object?>("state", "cancelled"));
            }
            await runs.ReleaseAsync(run.LeaseUntil(default), cancellationToken);
            return run;
        }
    }
}
