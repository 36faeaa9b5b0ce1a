using MediatR;
using Recommendation.Application.Batches;
using Recommendation.BatchProcessor.Messages;

namespace Recommendation.BatchProcessor.Steps;

/// <summary>Adds up a run and publishes its results.</summary>
internal static class CompleteStep
{
    internal static async Task<ResultsDocument> AnswerAsync(
        IMediator mediator,
        BatchInput input,
        CancellationToken cancellationToken
    ) => ResultsDocument.From(await mediator.Send(new CompleteBatch(input.RequireRun()), cancellationToken));
}
