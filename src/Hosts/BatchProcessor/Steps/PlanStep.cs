using MediatR;
using Recommendation.Application.Batches;
using Recommendation.Aws;
using Recommendation.BatchProcessor.Messages;
using Recommendation.Domain.Batches;

namespace Recommendation.BatchProcessor.Steps;

/// <summary>Freezes who is to be ranked.</summary>
internal static class PlanStep
{
    internal static async Task<PlanAnswer> AnswerAsync(
        IMediator mediator,
        BatchInput input,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        var given = input.Run();
        var run = await mediator.Send(
            new PlanBatch(
                given ?? InputReader.ScheduledRun(input.ScheduledAt, "scheduledAt"),
                SkipIfBusy: given is null,
                input.UserIds()
            )
            {
                Owner = input.Continuation?.Owner ?? input.Execution,
                Deadline = until,
            },
            cancellationToken
        );
        var isDone = run.State != BatchState.Planning;
        return new PlanAnswer(
            run.Id.Value, run.State.ToText(), isDone, isDone ? null : new Continuation { Owner = run.Owner },
            BucketKeys.SegmentsOf(run.Id), run.Segments, run.Users, run.ModelVersion?.Value);
    }
}
