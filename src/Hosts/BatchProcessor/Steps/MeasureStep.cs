using MediatR;
using Recommendation.Application.Batches;
using Recommendation.Application.Feedback;
using Recommendation.Application.Ports;
using Recommendation.BatchProcessor.Messages;

namespace Recommendation.BatchProcessor.Steps;

/// <summary>
/// Measures the lists of the last run, before the next one replaces them, and checks metrics and experiments. Where
/// there are no lists that is an answer, and no error.
/// </summary>
internal static class MeasureStep
{
    internal static async Task<MeasureAnswer> AnswerAsync(IMediator mediator, CancellationToken cancellationToken)
    {
        var measured = await MeasureAsync(mediator, cancellationToken);
        var found = await mediator.Send(new CheckFeedback(), cancellationToken);
        return measured with { Alarms = [.. found.Alarms.Select(alarm => $"{alarm.Code}: {alarm.Message}")] };
    }

    private static async Task<MeasureAnswer> MeasureAsync(IMediator mediator, CancellationToken cancellationToken)
    {
        try
        {
            var quality = await mediator.Send(new EvaluateStoredLists(), cancellationToken);
            return new(
                quality.Users,
                quality.Users > 0 ? quality.Ndcg : null,
                quality.IsTelling ? null : "Too few users came to something new."
            );
        }
        catch (RefusedException nothing)
        {
            return new(0, null, nothing.Message);
        }
    }
}
