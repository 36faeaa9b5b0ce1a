using MediatR;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.BatchProcessor.Messages;

namespace Recommendation.BatchProcessor.Steps;

/// <summary>
/// Trains in the function itself, in one pass with fixed parameters: on all interactions if they fit into its memory,
/// else on a sample of the users, which the answer says. Too little to train on is an answer, and no error: a new stack
/// has nothing yet.
/// </summary>
internal static class TrainStep
{
    /// <summary>Memory that an interaction takes while a model is trained; see docs/performance.md.</summary>
    internal const int BytesOfInteraction = 512;

    internal static async Task<TrainAnswer> AnswerAsync(
        IMediator mediator,
        BatchInput input,
        CancellationToken cancellationToken
    )
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var request = new TrainModel(
            Fast: true,
            Window: input.Window(),
            MaximumInteractions: memory / BytesOfInteraction
        );
        try
        {
            var trained = await mediator.Send(request, cancellationToken);
            return new(trained.Model.Version.Value, trained.IsCurrent, trained.Verdict.Reasons);
        }
        catch (RefusedException tooLittle)
        {
            return new(null, Passed: false, [tooLittle.Message]);
        }
    }
}
