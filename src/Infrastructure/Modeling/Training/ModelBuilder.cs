using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Content;

namespace Recommendation.Modeling.Training;

/// <summary>Adds the content of items to trained weights, and writes the model.</summary>
internal sealed class ModelBuilder(EventTypeSettings types)
{
    /// <param name="job">What is trained.</param>
    /// <param name="facts">What the manifest says of the training data.</param>
    /// <param name="histories">Gives the histories of all users, or of a sample; used with a catalogue only.</param>
    /// <param name="trained">The weights.</param>
    /// <param name="options">The time, and the catalogue.</param>
    /// <param name="progress">Receives the stages.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task<TrainedModel> BuildAsync(
        TrainingJob job,
        TrainingFacts facts,
        Func<UserItemMatrix> histories,
        TrainedWeights trained,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var content = await ContentAsync(job, histories, trained, options, progress, cancellationToken);
        progress?.Report(new("writing the model", TrainingShares.Trained));
        var model = await ModelArtefactWriter.WriteAsync(
            VariantRows.Add(ContentOf(job, facts, trained, content, options), job.Mains),
            job.Options.TemporaryFolder,
            cancellationToken
        );
        progress?.Report(new("trained", 1));
        return model;
    }

    /// <returns>Null if there is no catalogue, or if its content says nothing of what users come to.</returns>
    private static async Task<TrainedContent?> ContentAsync(
        TrainingJob job,
        Func<UserItemMatrix> histories,
        TrainedWeights trained,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        if (options.Catalogue is not { } read)
            return null;
        progress?.Report(new("reading the catalogue", TrainingShares.Trained));
        // A variant that counts for another one is no new item.
        var items = read(cancellationToken).Where(item => !job.Mains.ContainsKey(item.ItemId.Value));
        var catalogue = await ContentCatalogue.ReadAsync(items, options.AsOf, cancellationToken);
        if (catalogue.Count == 0)
            return null;
        progress?.Report(new("comparing the content of items", TrainingShares.Trained));
        var training = new ContentTraining(job.Options, catalogue);
        var isSearched = !double.IsNaN(trained.Choice.Ndcg);
        var parameters =
            job.Measured is { } measured ? ScoringParameters.ContentOf(measured.Parameters)
            : isSearched ? training.Select(histories(), trained.Choice, cancellationToken)
            : ContentParameters.Default;
        return parameters is null ? null : training.Train(histories(), trained.Weights, parameters, cancellationToken);
    }

    private ModelContent ContentOf(
        TrainingJob job,
        TrainingFacts facts,
        TrainedWeights trained,
        TrainedContent? content,
        TrainingOptions options
    )
    {
        var parameters = ManifestParameters.Write(trained, job.Options);
        var popularity = facts.PopularityOf(
            trained.Choice.PopularityHalfLifeDays ?? job.Options.PopularityHalfLife.TotalDays
        );
        return new()
        {
            Trainer = ManifestParameters.TrainerOf(trained.Choice),
            Created = options.AsOf,
            OldestData = DateTimeOffset.FromUnixTimeMilliseconds(facts.OldestMilliseconds),
            NewestData = DateTimeOffset.FromUnixTimeMilliseconds(facts.NewestMilliseconds),
            Users = facts.Users,
            Interactions = facts.Interactions,
            ItemIds = content?.ItemIds ?? facts.ItemIds,
            EventTypes = types,
            Weights = content?.Weights ?? trained.Weights,
            Popularity = content?.Spread(popularity) ?? popularity,
            Parameters = content is null ? parameters : ManifestParameters.With(parameters, content.Parameters),
            Content = content?.Index,
            Metrics = job.Measured is { } measured
                ? new(measured.Metrics.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal)
                : ManifestParameters.Metrics(trained.Choice),
            Refit = job.Source,
        };
    }
}

/// <summary>What is trained.</summary>
/// <param name="Options">How.</param>
/// <param name="Measured">The model with the parameters; null where they are to be chosen.</param>
/// <param name="Source">What the manifest says of that model.</param>
internal sealed record TrainingJob(ModelTrainerOptions Options, ModelDescription? Measured, RefitSource? Source)
{
    /// <summary>By the id of a variant that was read as another one, the id of that one.</summary>
    public IReadOnlyDictionary<string, string> Mains { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>What the manifest says of the training data.</summary>
internal sealed record TrainingFacts(
    string[] ItemIds,
    int Users,
    long Interactions,
    long OldestMilliseconds,
    long NewestMilliseconds,
    Func<double, float[]> PopularityOf
);

/// <summary>The completed fraction of a training after its parts.</summary>
internal static class TrainingShares
{
    public const double Read = 0.3;
    public const double Trained = 0.9;
}
