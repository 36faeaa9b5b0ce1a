using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Models;

/// <summary>
/// Trains a model on all but the newest interactions of the log, measures it on those, publishes it, and points at it if the gate
/// lets it and nobody else moved the pointer meanwhile. A model that the gate turns away is kept, and the current one stays.
/// </summary>
/// <param name="Fast">Whether to train in one pass with fixed parameters: seconds instead of a search, for a little less accuracy.</param>
/// <param name="Force">Whether to point at it whatever the gate says.</param>
/// <param name="Progress">Told how far the training is.</param>
public sealed record TrainModel(bool Fast = false, bool Force = false, IProgress<TrainingProgress>? Progress = null) : IRequest<GatedModel>
{
    internal sealed class Handler(
        IInteractionLog log, IProfileStore profiles, IModelTrainer trainer, IModelStore models, HoldoutReader holdouts, GateCheck gate,
        TimeProvider time) : IRequestHandler<TrainModel, GatedModel>
    {
        public async Task<GatedModel> Handle(TrainModel request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var pointer = await models.CurrentAsync(cancellationToken);
            request.Progress?.Report(new("looking for what to measure on", 0));
            var holdout = await HoldoutAsync(now, pointer, cancellationToken);
            var known = holdout.IsTelling ? holdout.Start : DateTimeOffset.MaxValue;
            var interactions = log.ReadAsync(after: null, cancellationToken).Where(one => one.OccurredAt <= known)
                .WithoutErasedAsync(profiles, cancellationToken);
            await using var trained = await trainer.TrainAsync(interactions, new TrainingOptions(now, request.Fast), request.Progress, cancellationToken);

            var model = await JudgeAsync(trained, holdout, pointer, cancellationToken);
            await models.PutAsync(model, trained.Artefact, cancellationToken);
            var isCurrent = model.Version == pointer.Version;
            if (!isCurrent && (request.Force || model.Gate!.Passed))
                isCurrent = (await models.PointAsync(model.Version, pointer, cancellationToken)).Version == model.Version;
            return new GatedModel(model, model.Gate!, pointer, isCurrent);
        }

        /// <summary>Newer than what the current model was trained on, where there is enough of it.</summary>
        private async Task<Holdout> HoldoutAsync(DateTimeOffset now, ModelPointer pointer, CancellationToken cancellationToken)
        {
            var newest = await holdouts.NewestAsync(now, cancellationToken);
            if (!newest.IsTelling || await models.KnownThroughAsync(pointer, cancellationToken) is not { } known || known <= newest.Start)
                return newest;
            var newer = await holdouts.AfterAsync(known, now, cancellationToken);
            return newer.IsTelling ? newer : newest;
        }

        private async Task<ModelDescription> JudgeAsync(TrainedModel trained, Holdout holdout, ModelPointer pointer, CancellationToken cancellationToken)
        {
            if (!holdout.IsTelling)
            {
                return trained.Description with
                {
                    Gate = GateVerdict.Pass($"Only {holdout.Users.Count} users came to something new lately; {ModelGate.FewestUsers} are needed to measure a model. It was trained on everything."),
                };
            }
            var model = await gate.JudgeAsync(trained.Description, trained.Artefact, holdout, pointer, cancellationToken);
            trained.Artefact.Position = 0;
            return model;
        }
    }
}
