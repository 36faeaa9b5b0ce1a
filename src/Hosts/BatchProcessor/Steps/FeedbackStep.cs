using MediatR;
using Recommendation.Application.Feedback;
using Recommendation.BatchProcessor.Messages;
using Recommendation.Domain;

namespace Recommendation.BatchProcessor.Steps;

/// <summary>Derives the figures of feedback from the archive until the time is up; the next call goes on.</summary>
internal static class FeedbackStep
{
    internal static async Task<FeedbackAnswer> AnswerAsync(
        IMediator mediator, DateTimeOffset until, TimeProvider time, CancellationToken cancellationToken)
    {
        var derived = await mediator.Send(new DeriveFeedback(until - time.GetUtcNow()), cancellationToken);
        return new(
            derived.Counted,
            derived.Left,
            derived.CountedThrough is { } through ? Timestamps.Format(through) : null);
    }
}
