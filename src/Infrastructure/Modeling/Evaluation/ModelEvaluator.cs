using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Serving;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Modeling.Evaluation;

/// <summary>Measures with the scorer that serves.</summary>
internal sealed class ModelEvaluator(EventTypeSettings types, IOptions<ModelTrainerOptions> options) : IModelEvaluator
{
    // The ranker answers with the user's id and ignores it otherwise.
    private static readonly UserId s_compared = UserId.Parse("compared");

    /// <inheritdoc/>
    public async Task<TrainedModel> InspectAsync(Stream artefact, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        // Packed anew: whoever packed it may have put the files in another order, and the registry holds one form only.
        using var folder = new TemporaryModelFolder(options.Value.TemporaryFolder);
        await ModelFolder.UnpackAsync(artefact, folder.Path, cancellationToken);
        var model = await PackAsync(folder.Path, cancellationToken);
        var candidate = Path.Combine(folder.Path, ModelFolder.Candidate);
        if (model.Description.Refit is null || !Directory.Exists(candidate))
            return model;
        try
        {
            return new TrainedModel(model.Description, model.Artefact)
            {
                Candidate = await PackAsync(candidate, cancellationToken),
            };
        }
        catch
        {
            await model.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<double> CompareAsync(
        Stream artefact, Stream other, IReadOnlyList<HeldOutUser> users, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(users);
        var one = await TopsAsync(artefact, users, cancellationToken);
        var second = await TopsAsync(other, users, cancellationToken);
        return one.Zip(
                second,
                (left, right) =>
                    left.Count == 0 && right.Count == 0
                        ? 1
                        : (double)left.Intersect(right).Count() / Math.Max(left.Count, right.Count)
            )
            .DefaultIfEmpty(1)
            .Average();
    }

    private async Task<TrainedModel> PackAsync(string folder, CancellationToken cancellationToken)
    {
        var model = await ModelArtefactReader.ReadFolderAsync(folder, cancellationToken);
        await using var binary = File.OpenRead(Path.Combine(folder, ModelArtefactReader.BinaryName));
        await using var content = model.Content is null
            ? null
            : File.OpenRead(Path.Combine(folder, ModelArtefactReader.ContentName));
        return await ModelArtefactWriter.RepackAsync(
            model.Manifest,
            binary,
            content,
            options.Value.TemporaryFolder,
            cancellationToken
        );
    }

    /// <summary>By user, the items that would be shown.</summary>
    private async Task<List<List<ItemId>>> TopsAsync(
        Stream artefact,
        IReadOnlyList<HeldOutUser> users,
        CancellationToken cancellationToken
    )
    {
        var model = await ModelArtefactReader.ReadAsync(artefact, cancellationToken);
        var ranker = new UserRanker(new RankableModel(model), types);
        return await Task.Run(
            () =>
                users
                    .Select(user =>
                        ranker
                            .Rank(
                                new RankUser(
                                    s_compared,
                                    user.History,
                                    ModelQuality.Cutoff,
                                    user.AllowRepeats ? [] : user.ActedOn,
                                    user.AllowRepeats
                                )
                            )
                            .Items.Select(item => item.ItemId)
                            .ToList()
                    )
                    .ToList(),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public async Task<ModelQuality> MeasureAsync(
        Stream artefact,
        IReadOnlyList<HeldOutUser> users,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(artefact);
        ArgumentNullException.ThrowIfNull(users);
        var model = await ModelArtefactReader.ReadAsync(artefact, cancellationToken);
        // off the caller's thread: all but the reading is computation
        return await Task.Run(() => Measure(new RankableModel(model), users, cancellationToken), cancellationToken);
    }

    private ModelQuality Measure(
        RankableModel model,
        IReadOnlyList<HeldOutUser> users,
        CancellationToken cancellationToken
    )
    {
        var tested = users
            .Select(user => new TestUser(user.History, user.ActedOn, [.. user.Relevant.Select(item => item.Value)]))
            .ToList();
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
