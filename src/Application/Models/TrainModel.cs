using System.Globalization;
using MediatR;
using Recommendation.Application.Items;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Retrieval;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Models;

/// <summary>
/// Trains a candidate on all but the newest interactions of the log and measures it on those. If the gate lets it pass,
/// a model with the same parameters is trained on all interactions and published; the pointer moves to it unless
/// somebody else moved it meanwhile. A candidate that the gate turns away is kept, and the current model stays. Where
/// there is too little to measure on, one model is trained on everything.
/// </summary>
/// <param name="Fast">Whether to train in one pass with fixed parameters: seconds instead of a search, for a little
/// less accuracy.</param>
/// <param name="Force">Whether to point at it whatever the gate says.</param>
/// <param name="Progress">Told how far the training is.</param>
/// <param name="Window">How far back interactions are trained on; null for all.</param>
/// <param name="MaximumInteractions">About how many interactions may be held; a larger log is trained on by a sample of
/// its users. Null for no limit.</param>
/// <param name="OutOfCore">Whether to train from a file on disk: for logs that do not fit into memory.</param>
public sealed record TrainModel(
    bool Fast = false,
    bool Force = false,
    IProgress<TrainingProgress>? Progress = null,
    TimeSpan? Window = null,
    long? MaximumInteractions = null,
    bool OutOfCore = false
) : IRequest<GatedModel>
{
    internal sealed class Handler(
        IUserLog log,
        IErasures erasures,
        IEnumerable<IItemPages> pages,
        Variants variants,
        IModelTrainer trainer,
        IModelStore models,
        HoldoutReader holdouts,
        GateCheck gate,
        OldModels old,
        RecommendationOptions settings,
        TimeProvider time
    ) : IRequestHandler<TrainModel, GatedModel>
    {
        /// <summary>How much of the work the candidate is: the search is part of it.</summary>
        private const double CandidateShare = 0.75;

        public async Task<GatedModel> Handle(TrainModel request, CancellationToken cancellationToken)
        {
            var options = new TrainingOptions(time.GetUtcNow(), request.Fast)
            {
                OutOfCore = request.OutOfCore,
                Catalogue = pages.LastOrDefault() is { } catalogue ? catalogue.ReadAllAsync : null,
                Variants = await variants.FindAsync(cancellationToken),
            };
            var pointer = await models.CurrentAsync(cancellationToken);
            request.Progress?.Report(new("looking for what to measure on", 0));
            var parts = await SampleAsync(request, options.AsOf, cancellationToken);
            var holdout = await HoldoutAsync(options.AsOf, pointer, parts, cancellationToken);
            var model = holdout.IsTelling
                ? await TrainTwiceAsync(request, options, parts, holdout, pointer, cancellationToken)
                : await TrainOnceAsync(request, options, parts, holdout, cancellationToken);
            var isCurrent = model.Version == pointer.Version;
            if (!isCurrent && (request.Force || model.Gate!.Passed))
                isCurrent =
                    (await models.PointAsync(model.Version, pointer, cancellationToken)).Version == model.Version;
            await old.DeleteAsync(model.Version, cancellationToken);
            return new GatedModel(model, model.Gate!, pointer, isCurrent);
        }

        /// <summary>
        /// All of the log, or as many of its parts as hold about as many interactions as are allowed.
        /// </summary>
        private async Task<LogParts> SampleAsync(
            TrainModel request,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
        {
            var all = new LogParts(0, log.Parts, request.Window is { } window ? now - window : null);
            if (request.MaximumInteractions is not { } most || log.Parts == 1)
                return all;
            var inFirst = await log.ReadAsync(all with { Count = 1 }, cancellationToken)
                .LongCountAsync(cancellationToken);
            return all with { Count = (int)Math.Clamp(most / Math.Max(1, inFirst), 1, log.Parts) };
        }

        /// <summary>
        /// Says in the verdict that a model knows a sample only, so that nobody takes it for one of all users.
        /// </summary>
        private GateVerdict Explained(GateVerdict verdict, LogParts parts) =>
            parts.Count == log.Parts
                ? verdict
                : verdict with
                {
                    Reasons =
                    [
                        .. verdict.Reasons,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"It was trained on a sample of {(double)parts.Count / log.Parts:0 %} of the users, "
                                + $"since no more fits into memory."
                        ),
                    ],
                };

        private async Task<ModelDescription> TrainOnceAsync(
            TrainModel request,
            TrainingOptions options,
            LogParts parts,
            Holdout holdout,
            CancellationToken cancellationToken
        )
        {
            await using var trained = await trainer.TrainAsync(
                Interactions(parts, DateTimeOffset.MaxValue, cancellationToken),
                options,
                request.Progress,
                cancellationToken
            );
            var model = trained.Description with
            {
                Gate = Explained(
                    GateVerdict.Pass(
                        $"Only {holdout.Users.Count} users came to something new lately; {ModelGate.FewestUsers} are "
                            + "needed to measure a model. It was trained on everything."
                    ),
                    parts
                ),
            };
            await models.PutAsync(model, trained.Artefact, cancellationToken);
            return model;
        }

        private async Task<ModelDescription> TrainTwiceAsync(
            TrainModel request,
            TrainingOptions options,
            LogParts parts,
            Holdout holdout,
            ModelPointer pointer,
            CancellationToken cancellationToken
        )
        {
            await using var trained = await trainer.TrainAsync(
                Interactions(parts, holdout.Start, cancellationToken),
                options,
                Part(request.Progress, 0, CandidateShare),
                cancellationToken
            );
            var candidate = await gate.CompareAsync(
                trained.Description,
                trained.Artefact,
                holdout,
                pointer,
                cancellationToken
            ) with
            {
                IsCandidate = true,
            };
            trained.Artefact.Position = 0;
            if (!candidate.Gate!.Passed && !request.Force)
            {
                await models.PutAsync(candidate, trained.Artefact, cancellationToken);
                return candidate;
            }
            await using var refitted = await trainer.RefitAsync(
                candidate,
                GateCheck.SourceOf(candidate, holdout),
                Interactions(parts, DateTimeOffset.MaxValue, cancellationToken),
                options,
                Part(request.Progress, CandidateShare, 1),
                cancellationToken
            );
            var refit = await gate.JudgeRefitAsync(candidate, trained.Artefact, refitted, holdout, cancellationToken);
            refit = refit with { Gate = Explained(refit.Gate!, parts) };
            trained.Artefact.Position = 0;
            // They are the same model where nothing that was held out may be trained on.
            if (candidate.Version != refit.Version)
                await models.PutAsync(candidate, trained.Artefact, cancellationToken);
            await models.PutAsync(refit, refitted.Artefact, cancellationToken);
            return refit;
        }

        private IAsyncEnumerable<Interaction> Interactions(
            LogParts parts,
            DateTimeOffset through,
            CancellationToken cancellationToken
        ) =>
            log.ReadAsync(parts, cancellationToken)
                .Where(one => one.OccurredAt <= through && !(one.OccurredAt < parts.ArrivedFrom))
                .WithoutErasedAsync(erasures, OldestErasure(), cancellationToken);

        /// <summary>
        /// As long as tombstones are kept: what an erasure covers can be delivered as long as the
        /// log can deliver anything.
        /// </summary>
        private DateTimeOffset? OldestErasure() =>
            settings.LogRetention is { } retention
                ? ShiftedTimeProvider.RealNow(time) - retention - ProfilePolicy.TombstoneMargin
                : null;

        /// <summary>Newer than what the current model was trained on, where there is enough of it.</summary>
        private async Task<Holdout> HoldoutAsync(
            DateTimeOffset now,
            ModelPointer pointer,
            LogParts parts,
            CancellationToken cancellationToken
        )
        {
            var newest = await holdouts.NewestAsync(now, parts, cancellationToken);
            if (
                !newest.IsTelling
                || await models.KnownThroughAsync(pointer, cancellationToken) is not { } known
                || known <= newest.Start
            )
                return newest;
            var newer = await holdouts.AfterAsync(known, now, cancellationToken);
            return newer.IsTelling ? newer : newest;
        }

        private static PartialProgress? Part(IProgress<TrainingProgress>? whole, double from, double to) =>
            whole is null ? null : new PartialProgress(whole, from, to);
    }

    /// <summary>Reports one of two trainings as its part of the whole.</summary>
    private sealed class PartialProgress(IProgress<TrainingProgress> whole, double from, double to)
        : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) =>
            whole.Report(value with { Fraction = double.Lerp(from, to, value.Fraction) });
    }
}
