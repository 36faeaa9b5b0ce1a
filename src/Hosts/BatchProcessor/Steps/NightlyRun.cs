using MediatR;
using Recommendation.Application.Batches;
using Recommendation.Application.Ports;
using Recommendation.BatchProcessor.Messages;
using Recommendation.Domain.Batches;

namespace Recommendation.BatchProcessor.Steps;

/// <summary>
/// A whole run in one invocation, as the reference system has it: for an event of the schedule. EventBridge has a
/// failed invocation repeated, which goes on where this one stopped.
/// </summary>
internal static class NightlyRun
{
    internal const string DetailType = "Scheduled Event";

    /// <exception cref="RefusedException">
    /// Nobody has got a list: the run was skipped, since another one was going, or every user failed.
    /// </exception>
    internal static async Task<ResultsDocument> AnswerAsync(
        IMediator mediator,
        BatchInput input,
        CancellationToken cancellationToken
    )
    {
        var run = await mediator.Send(
            new RunBatch(InputReader.ScheduledRun(input.Time, "time"), SkipIfBusy: true),
            cancellationToken
        );
        if (run.State == BatchState.Skipped)
            throw new RefusedException($"Run {run.Id} is skipped: {run.Note}");
        // Nobody got a list: an answer would look as if all were well.
        if (run.Counts is { Failed: > 0, Ranked: 0, Fallback: 0 })
            throw new RefusedException(
                $"Run {run.Id} is completed, and all of its {run.Counts.Failed} users failed: {run.Note}"
            );
        return ResultsDocument.From(run);
    }
}
