using Recommendation.Application.Pipeline;
using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Models;

/// <summary>
/// Measures a model and the versions before it on the same users, with interactions that none of them was trained on, and lets
/// the gate judge. Figures measured at other times are not compared: other users make other figures.
/// </summary>
internal sealed class GateCheck(IModelStore models, IModelEvaluator evaluator)
{
    /// <param name="candidate">The model to judge.</param>
    /// <param name="artefact">Its artefact, read once.</param>
    /// <param name="holdout">Newer than what the model was trained on, and telling.</param>
    /// <param name="pointer">The current model, which counts among the versions before.</param>
    /// <param name="cancellationToken">Stops the measuring.</param>
    /// <returns>The model with its metrics and the verdict.</returns>
    internal async Task<ModelDescription> JudgeAsync(
        ModelDescription candidate, Stream artefact, Holdout holdout, ModelPointer pointer, CancellationToken cancellationToken)
    {
        var quality = await evaluator.MeasureAsync(artefact, holdout.Users, cancellationToken);
        Telemetry.ModelNdcg.Record(quality.Ndcg);
        var earlier = new List<MeasuredModel>();
        foreach (var model in await ComparableAsync(candidate, holdout, pointer, cancellationToken))
        {
            if (await MeasureAsync(model, holdout, cancellationToken) is { } measured)
                earlier.Add(measured);
        }
        var verdict = ModelGate.Judge(new MeasuredModel(candidate.Version, candidate.ArtefactBytes, quality), earlier);
        if (pointer.Version is { } current && current != candidate.Version && earlier.All(model => model.Version != current))
            verdict = verdict with { Reasons = [.. verdict.Reasons, $"The current model {current} was not compared: it can't be read, or was trained on these interactions."] };
        return Described(candidate, quality) with { Gate = verdict };
    }

    /// <summary>The current model and the newest of those that were not turned away, without those that know what is held out.</summary>
    private async Task<IEnumerable<ModelDescription>> ComparableAsync(
        ModelDescription candidate, Holdout holdout, ModelPointer pointer, CancellationToken cancellationToken) =>
        (await models.ListAsync(cancellationToken))
            .Where(model => model.Version != candidate.Version && model.KnownThrough() <= holdout.Start)
            .Where(model => model.Version == pointer.Version || model.Gate is not { Passed: false })
            .OrderByDescending(model => model.Version == pointer.Version)
            .Take(ModelGate.Versions);

    private async Task<MeasuredModel?> MeasureAsync(ModelDescription model, Holdout holdout, CancellationToken cancellationToken)
    {
        await using var artefact = await models.OpenAsync(model.Version, cancellationToken);
        if (artefact is null)
            return null;
        try
        {
            return new MeasuredModel(model.Version, model.ArtefactBytes, await evaluator.MeasureAsync(artefact, holdout.Users, cancellationToken));
        }
        catch (StoredFormatException)
        {
            return null; // A version that can't be read any more can't be better.
        }
    }

    private static ModelDescription Described(ModelDescription model, ModelQuality quality) => model with
    {
        Metrics = new SortedDictionary<string, double>(model.Metrics.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal)
        {
            [$"ndcg@{ModelQuality.Cutoff}"] = quality.Ndcg,
            [$"recall@{ModelQuality.Cutoff}"] = quality.Recall,
            [$"coverage@{ModelQuality.Cutoff}"] = quality.Coverage,
            ["holdout.users"] = quality.Users,
        },
    };
}
