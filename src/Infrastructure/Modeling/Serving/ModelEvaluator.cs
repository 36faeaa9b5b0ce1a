using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Evaluation;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Serving;

/// <summary>Measures with the scorer that serves.</summary>
internal sealed class ModelEvaluator(EventTypeSettings types, IOptions<ModelTrainerOptions> options) : IModelEvaluator
{
    /// <inheritdoc/>
    public async Task<TrainedModel> InspectAsync(Stream artefact, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        // Packed anew: whoever packed it may have put the files in another order, and the registry holds one form only.
        using var folder = new TemporaryModelFolder(options.Value.TemporaryFolder);
        await ModelFolder.UnpackAsync(artefact, folder.Path, cancellationToken);
        var model = await ModelArtefactReader.ReadFolderAsync(folder.Path, cancellationToken);
        await using var binary = File.OpenRead(System.IO.Path.Combine(folder.Path, ModelArtefactReader.BinaryName));
        return await ModelArtefactWriter.RepackAsync(model.Manifest, binary, options.Value.TemporaryFolder, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ModelQuality> MeasureAsync(Stream artefact, IReadOnlyList<HeldOutUser> users, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        ArgumentNullException.ThrowIfNull(users);
        var model = await ModelArtefactReader.ReadAsync(artefact, cancellationToken);
        // off the caller's thread: all but the reading is computation
        return await Task.Run(() => Measure(new RankableModel(model), users, cancellationToken), cancellationToken);
    }

    private ModelQuality Measure(RankableModel model, IReadOnlyList<HeldOutUser> users, CancellationToken cancellationToken)
    {
        var tested = users.Select(user => new TestUser(user.Recent, [.. user.Relevant.Select(item => item.Value)])).ToList();
        var evaluation = new EvaluationOptions
        {
            Cutoff = ModelQuality.Cutoff,
            Training = new ModelTrainerOptions { AllowRepeats = users.Any(user => user.AllowRepeats) },
        };
        var lists = new TestRun(model, types, evaluation, model.Model.Popularity, TimeProvider.System)
            .Over(tested, cancellationToken);
        return new ModelQuality(lists.NdcgByUser, Figures.Of(lists.Results, resamples: 0).Recall, lists.Coverage);
    }
}
