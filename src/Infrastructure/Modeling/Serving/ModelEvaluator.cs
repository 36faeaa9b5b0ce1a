using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Evaluation;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Serving;

/// <summary>Measures with the scorer that serves.</summary>
internal sealed class ModelEvaluator(InteractionWeights weights, IOptions<ModelTrainerOptions> options) : IModelEvaluator
{
    /// <inheritdoc/>
    public async Task<TrainedModel> InspectAsync(Stream artefact, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        var copy = ModelArtefactWriter.TemporaryFile(options.Value.TemporaryFolder);
        try
        {
            await artefact.CopyToAsync(copy, cancellationToken);
            copy.Position = 0;
            var model = await ModelArtefactReader.ReadAsync(copy, cancellationToken);
            var description = ModelArtefactWriter.Describe(model.Manifest, copy.Length);
            copy.Position = 0;
            return new TrainedModel(description, copy);
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
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
        var lists = new TestRun(model, weights, new EvaluationOptions { Cutoff = ModelQuality.Cutoff }, model.Model.Popularity, TimeProvider.System)
            .Over(tested, cancellationToken);
        return new ModelQuality(lists.NdcgByUser, Figures.Of(lists.Results, resamples: 0).Recall, lists.Coverage);
    }
}
