using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Models;

/// <summary>
/// Measures a model on interactions newer than what it and the current one were trained on, and says whether it may
/// become the current one. Changes no pointer: that is <see cref="PromoteModel"/>, with the pointer
/// that was compared with.
/// </summary>
/// <param name="Version">A published model; null for the newest, or where an artefact is given.</param>
/// <param name="Artefact">Where a training job left an artefact (a path or <c>s3://bucket/key</c>),
/// which is published first.</param>
public sealed record GateModel(ModelVersion? Version = null, string? Artefact = null) : IRequest<GatedModel>
{
    internal sealed class Validator : AbstractValidator<GateModel>
    {
        public Validator() =>
            RuleFor(request => request)
                .Must(request => request.Version is null || request.Artefact is null)
                .WithMessage("Give a model's version or an artefact's location, not both.");
    }

    internal sealed class Handler(
        IModelStore models,
        IModelArtefacts artefacts,
        IModelEvaluator evaluator,
        HoldoutReader holdouts,
        GateCheck gate,
        OldModels old,
        TimeProvider time
    ) : IRequestHandler<GateModel, GatedModel>
    {
        public async Task<GatedModel> Handle(GateModel request, CancellationToken cancellationToken)
        {
            var pointer = await models.CurrentAsync(cancellationToken);
            var model = request.Artefact is { } location
                ? await PublishAsync(location, pointer, cancellationToken)
                : await JudgeStoredAsync(request.Version, pointer, cancellationToken);
            if (request.Artefact is not null)
                await old.DeleteAsync(model.Version, cancellationToken);
            return new GatedModel(model, model.Gate!, pointer, model.Version == pointer.Version);
        }

        private async Task<ModelDescription> PublishAsync(
            string location,
            ModelPointer pointer,
            CancellationToken cancellationToken
        )
        {
            await using var left = await artefacts.OpenAsync(location, cancellationToken)
                ?? throw new RefusedException($"There is no artefact at '{location}'.");
            await using var taken = await evaluator.InspectAsync(left, cancellationToken);
            var measured = taken.Candidate is { } own ? own.Description with { IsCandidate = true } : taken.Description;
            var artefact = taken.Candidate?.Artefact ?? taken.Artefact;
            var holdout = await HoldoutAsync(measured, pointer, cancellationToken);
            var model = await CompareAsync(measured, artefact, holdout, pointer, cancellationToken);
            artefact.Position = 0;
            if (taken.Candidate is null)
            {
                await models.PutAsync(model, artefact, cancellationToken);
                return model;
            }
            var refit = holdout.IsTelling
                ? await gate.JudgeRefitAsync(model, artefact, taken, holdout, cancellationToken)
                : taken.Description with { Gate = model.Gate };
            artefact.Position = 0;
            await models.PutAsync(model, artefact, cancellationToken);
            await models.PutAsync(refit, taken.Artefact, cancellationToken);
            return refit;
        }

        private async Task<ModelDescription> JudgeStoredAsync(
            ModelVersion? version,
            ModelPointer pointer,
            CancellationToken cancellationToken
        )
        {
            var listed = await models.ListAsync(cancellationToken);
            var named =
                listed.FirstOrDefault(one =>
                    version is null ? !one.IsCandidate || one.Gate is { Passed: false } : one.Version == version
                )
                ?? throw new RefusedException(
                    version is null ? "There is no model yet; train one first." : $"There is no model {version}."
                )
                {
                    Hint = new(version is null ? NextStep.TrainModel : NextStep.ListModels),
                };
            // What was refitted knows what would be measured on, so its candidate is measured in its place.
            var model = listed.MeasuredFor(named.Version)!;
            await using var artefact = await models.OpenAsync(model.Version, cancellationToken)
                ?? throw new RefusedException($"The artefact of model {model.Version} is missing.");
            var validated = await CompareAsync(
                model,
                artefact,
                await HoldoutAsync(model, pointer, cancellationToken),
                pointer,
                cancellationToken
            );
            return named with { Metrics = validated.Metrics, Gate = validated.Gate };
        }

        /// <summary>
        /// Newer than what the model and the current one were trained on, or than what the model was where
        /// there is too little.
        /// </summary>
        private async Task<Holdout> HoldoutAsync(
            ModelDescription model,
            ModelPointer pointer,
            CancellationToken cancellationToken
        )
        {
            var now = time.GetUtcNow();
            var known = model.KnownThrough();
            var start =
                await models.KnownThroughAsync(pointer, cancellationToken) is { } current && current > known
                    ? current
                    : known;
            var holdout = await holdouts.AfterAsync(start, now, cancellationToken);
            return holdout.IsTelling || start <= known
                ? holdout
                : await holdouts.AfterAsync(known, now, cancellationToken);
        }

        private async Task<ModelDescription> CompareAsync(
            ModelDescription model,
            Stream artefact,
            Holdout holdout,
            ModelPointer pointer,
            CancellationToken cancellationToken
        )
        {
            if (holdout.IsTelling)
                return await gate.CompareAsync(model, artefact, holdout, pointer, cancellationToken);
            var reason =
                $"Only {holdout.Users.Count} users came to something new after what the model was trained on "
                    + $"({Domain.Timestamps.Format(model.KnownThrough())}); {ModelGate.FewestUsers} are needed to "
                    + "measure it.";
            return model with
            {
                Gate = pointer.Version is null
                    ? GateVerdict.Pass($"{reason} There is no current model to lose.")
                    : GateVerdict.Fail(reason),
            };
        }
    }
}
