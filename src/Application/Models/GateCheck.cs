using Recommendation.Application.Pipeline;
using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Models;

/// <summary>
/// Measures a model and the versions before it on the same users, with interactions that none of them was trained on,
/// and lets the gate decide. Figures measured at other times are not compared: other users make other figures.
/// </summary>
internal sealed class GateCheck(IModelStore models, IModelEvaluator evaluator)
{
    /// <param name="candidate">The model to compare.</param>
    /// <param name="artefact">Its artefact, read once.</param>
    /// <param name="holdout">Newer than what the model was trained on, and telling.</param>
    /// <param name="pointer">The current model, which counts among the versions before.</param>
    /// <param name="cancellationToken">Stops the measuring.</param>
    /// <returns>The model with its metrics and the verdict.</returns>
    internal async Task<ModelDescription> CompareAsync(
        ModelDescription candidate,
        Stream artefact,
        Holdout holdout,
        ModelPointer pointer,
        CancellationToken cancellationToken
    )
    {
        var quality = await evaluator.MeasureAsync(artefact, holdout.Users, cancellationToken);
        Telemetry.ModelNdcg.Record(quality.Ndcg);
        var earlier = new List<MeasuredModel>();
        var listed = await models.ListAsync(cancellationToken);
        var current = listed.MeasuredFor(pointer.Version)?.Version;
        foreach (var model in Comparable(listed, candidate, holdout, current))
        {
            if (await MeasureAsync(model, holdout, cancellationToken) is { } measured)
                earlier.Add(measured);
        }
        var verdict = ModelGate.Compare(
            new MeasuredModel(candidate.Version, candidate.ArtefactBytes, quality),
            earlier
        );
        if (
            pointer.Version is { } served
            && current != candidate.Version
            && earlier.All(model => model.Version != current)
        )
            verdict = verdict with
            {
                Reasons =
                [
                    .. verdict.Reasons,
                    $"The current model {served} was not compared: it can't be read, or was trained on these "
                        + "interactions.",
                ],
            };
        return Described(candidate, quality) with { Gate = verdict };
    }

    /// <summary>Compares a refitted model with the candidate that was measured.</summary>
    /// <param name="candidate">What was measured, and passed or was forced.</param>
    /// <param name="candidateArtefact">Its artefact, read once.</param>
    /// <param name="refit">The model with the same parameters and all interactions; its artefact is
    /// at its beginning afterwards.</param>
    /// <param name="holdout">What the candidate was measured on.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    /// <returns>The refitted model with the candidate's metrics and the verdict.</returns>
    internal async Task<ModelDescription> JudgeRefitAsync(
        ModelDescription candidate,
        Stream candidateArtefact,
        TrainedModel refit,
        Holdout holdout,
        CancellationToken cancellationToken
    )
    {
        double? shared;
        try
        {
            var step = Math.Max(1, holdout.Users.Count / ModelGate.RefitUsers);
            HeldOutUser[] users = [.. holdout.Users.Where((_, place) => place % step == 0).Take(ModelGate.RefitUsers)];
            shared = await evaluator.CompareAsync(candidateArtefact, refit.Artefact, users, cancellationToken);
        }
        catch (StoredFormatException)
        {
            shared = null; // The verdict says that it can't be loaded.
        }
        refit.Artefact.Position = 0;
        return refit.Description with
        {
            Metrics = candidate.Metrics,
            Refit = SourceOf(candidate, holdout),
            Gate = ModelGate.JudgeRefit(
                candidate.Gate!,
                candidate.ArtefactBytes,
                refit.Description.ArtefactBytes,
                shared
            ),
        };
    }

    internal static RefitSource SourceOf(ModelDescription candidate, Holdout holdout) =>
        new(candidate.Version, holdout.Start, holdout.Through);

    /// <summary>
    /// The model measured in the current one's place, and the newest of those that were not turned away, without those
    /// that know what is held out. Refitted models know it; their candidates are compared in their place.
    /// </summary>
    private static IEnumerable<ModelDescription> Comparable(
        IReadOnlyList<ModelDescription> listed, ModelDescription candidate, Holdout holdout, ModelVersion? current) =>
        listed
            .Where(model =>
                model.Version != candidate.Version && model.KnownThrough() <= holdout.Start && model.Refit is null
            )
            .Where(model => model.Version == current || model.Gate is not { Passed: false })
            .OrderByDescending(model => model.Version == current)
            .Take(ModelGate.Versions);

    private async Task<MeasuredModel?> MeasureAsync(
        ModelDescription model,
        Holdout holdout,
        CancellationToken cancellationToken
    )
    {
        await using var artefact = await models.OpenAsync(model.Version, cancellationToken);
        if (artefact is null)
            return null;
        try
        {
            return new MeasuredModel(
                model.Version,
                model.ArtefactBytes,
                await evaluator.MeasureAsync(artefact, holdout.Users, cancellationToken)
            );
        }
        catch (StoredFormatException)
        {
            return null; // A version that can't be read any more can't be better.
        }
    }

    private static ModelDescription Described(ModelDescription model, ModelQuality quality) => model with
    {
        Metrics = new SortedDictionary<string, double>(
            model.Metrics.ToDictionary(StringComparer.Ordinal),
            StringComparer.Ordinal
        )
        {
            [$"ndcg@{ModelQuality.Cutoff}"] = quality.Ndcg,
            [$"recall@{ModelQuality.Cutoff}"] = quality.Recall,
            [$"coverage@{ModelQuality.Cutoff}"] = quality.Coverage,
            ["holdout.users"] = quality.Users,
        },
    };
}
