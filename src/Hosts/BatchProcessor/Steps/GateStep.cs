using MediatR;
using Recommendation.Application.Models;
using Recommendation.BatchProcessor.Messages;

namespace Recommendation.BatchProcessor.Steps;

/// <summary>Says whether a model may become the current one. A model that may not is an answer, and no error.</summary>
internal static class GateStep
{
    internal static async Task<GateAnswer> AnswerAsync(
        IMediator mediator,
        BatchInput input,
        CancellationToken cancellationToken
    )
    {
        var gated = await mediator.Send(new GateModel(input.Model(), input.Artefact?.Url()), cancellationToken);
        return new GateAnswer(
            gated.Model.Version.Value,
            gated.Verdict.Passed,
            gated.Verdict.Reasons,
            PointerMessage.From(gated.Expected)
        );
    }
}
