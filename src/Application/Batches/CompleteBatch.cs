using MediatR;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Pipeline;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;

namespace Recommendation.Application.Batches;

/// <summary>
/// Adds up a run's segments, publishes the results and gives the lease back. Users of segments without a result count
/// as failed.
/// </summary>
public sealed record CompleteBatch(BatchRunId Run) : IRequest<BatchRun>
{
    internal sealed class Handler(
        IBatchRuns runs,
        IBatchSegments segments,
        TimeProvider time,
        ILogger<CompleteBatch> logger
    ) : IRequestHandler<CompleteBatch, BatchRun>
    {
        public async Task<BatchRun> Handle(CompleteBatch request, CancellationToken cancellationToken)
        {
            var run = await runs.FindAsync(request.Run, cancellationToken)
                ?? throw RefusedException.Missing($"There is no run {request.Run}.", NextStep.ListRuns);
            if (run.State == BatchState.Ranking)
            {
                var completed = run.Complete(await segments.ResultsAsync(run.Id, cancellationToken), time.GetUtcNow());
                // Published before it is recorded as completed: dying in between repeats the publication instead of
                // losing it.
                await segments.PublishAsync(completed, cancellationToken);
                run = await RecordAsync(completed, run, cancellationToken);
            }
            else if (run.State != BatchState.Completed)
            {
                throw new RefusedException($"Run {run.Id} is {run.State.ToText()}; only a run that is going ends.")
                {
                    Hint = new(NextStep.ResumeRun, run.Id.Value),
                };
            }
            await runs.ReleaseAsync(run.LeaseUntil(default), cancellationToken);
            return run;
        }

        private async Task<BatchRun> RecordAsync(
            BatchRun completed,
            BatchRun known,
            CancellationToken cancellationToken
        )
        {
            var inForce = await runs.SaveAsync(completed, known, cancellationToken);
            // A cancellation since then comes too late: the results are published.
            while (inForce.State == BatchState.Cancelled && inForce.Attempt == completed.Attempt)
                inForce = await runs.SaveAsync(completed, inForce, cancellationToken);
            if (inForce.State != BatchState.Completed)
                throw new RefusedException(
                    $"Attempt {completed.Attempt} of run {completed.Id} was overtaken by attempt {inForce.Attempt}."
                );
            if (inForce == completed)
                Measure(inForce);
            return inForce;
        }

        private void Measure(BatchRun run)
        {
            var counts = run.Counts;
            Telemetry.BatchRuns.Add(1, new KeyValuePair<string, object?>("state", "completed"));
            Telemetry.BatchUsers.Add(counts.Ranked, new KeyValuePair<string, object?>("outcome", "ranked"));
            Telemetry.BatchUsers.Add(counts.Fallback, new KeyValuePair<string, object?>("outcome", "fallback"));
            Telemetry.BatchUsers.Add(counts.Failed, new KeyValuePair<string, object?>("outcome", "failed"));
            Telemetry.BatchUsers.Add(counts.Skipped, new KeyValuePair<string, object?>("outcome", "skipped"));
            logger.LogInformation(
                "Run {RunId} completed: {Active} active = {Ranked} ranked + {Fallback} fallback + {Failed} failed + "
                    + "{Skipped} skipped",
                run.Id,
                counts.Active,
                counts.Ranked,
                counts.Fallback,
                counts.Failed,
                counts.Skipped
            );
        }
    }
}
