using MediatR;
using Recommendation.Application.Interactions;
using Recommendation.BatchProcessor.Messages;

namespace Recommendation.BatchProcessor.Steps;

/// <summary>Goes on with the archive's compaction until the time is up.</summary>
internal static class CompactStep
{
    internal static async Task<CompactAnswer> AnswerAsync(
        IMediator mediator, DateTimeOffset until, TimeProvider time, CancellationToken cancellationToken) =>
        new((await mediator.Send(new CompactLog(until - time.GetUtcNow()), cancellationToken)).IsDone, WaitSeconds: 1);
}
