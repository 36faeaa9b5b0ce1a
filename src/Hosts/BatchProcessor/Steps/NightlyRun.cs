using MediatR;
using Recommendation.Application.Batches;
using Recommendation.Application.Ports;
using Recommendation.BatchProcessor.Messages;
using Recommendation.Domain.Batches;

namespace Recommendation.BatchProcessor.Steps;

/// <summary>
/// A whole run in one invocation, as the reference system has it: for an event of the schedule. EventBridge has a failed
/// invocation repeated, which goes on where this one stopped.
/// </summary>
internal static class NightlyRun
{
    internal const string DetailType = "Scheduled Event";

    /// <exception cref="RefusedException">The run was skipped, since another one was going: nobody has got a list.</exception>
    internal static async Task<ResultsDocument> AnswerAsync(IMediator mediator, BatchInput input, CancellationToken cancellationToken)
    {
        var run = await mediator.Send(new RunBatch(InputReader.ScheduledRun(input.Time, "time"), SkipIfBusy: true), cancellationToken);
        return run.State != BatchState.Skipped
            ? ResultsDocument.From(run)
            : throw new RefusedException($"Run {run.Id} is skipped: {run.Note}");
    }
}
