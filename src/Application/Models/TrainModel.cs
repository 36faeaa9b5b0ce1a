using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;

namespace Recommendation.Application.Models;

/// <summary>Trains a model on the log, publishes it, and points at it unless somebody else moved the pointer meanwhile.</summary>
/// <param name="Fast">Whether to train in one pass with fixed parameters: seconds instead of a search, for a little less accuracy.</param>
/// <param name="Progress">Told how far the training is.</param>
public sealed record TrainModel(bool Fast = false, IProgress<TrainingProgress>? Progress = null) : IRequest<ModelDescription>
{
    internal sealed class Handler(IInteractionLog log, IProfileStore profiles, IModelTrainer trainer, IModelStore models, TimeProvider time)
        : IRequestHandler<TrainModel, ModelDescription>
    {
        public async Task<ModelDescription> Handle(TrainModel request, CancellationToken cancellationToken)
        {
            var pointer = await models.CurrentAsync(cancellationToken);
            var interactions = log.ReadAsync(after: null, cancellationToken).WithoutErasedAsync(profiles, cancellationToken);
            await using var trained = await trainer.TrainAsync(
                interactions, new TrainingOptions(time.GetUtcNow(), request.Fast), request.Progress, cancellationToken);
            await models.PutAsync(trained.Description, trained.Artefact, cancellationToken);
            if (pointer.Version != trained.Description.Version)
                await models.PointAsync(trained.Description.Version, pointer, cancellationToken);
            return trained.Description;
        }
    }
}
