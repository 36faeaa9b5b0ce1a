using MediatR;
using Recommendation.Application.Batches;
using Recommendation.Application.Ports;
using Recommendation.BatchProcessor.Messages;

namespace Recommendation.BatchProcessor.Steps;

/// <summary>
/// Measures the lists of the last run, before the next one replaces them. Where there are none that is an answer, and
/// no error.
/// </summary>
internal static class MeasureStep
{
    internal static async Task<MeasureAnswer> AnswerAsync(IMediator mediator, CancellationToken cancellationToken)
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
