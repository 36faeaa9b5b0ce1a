using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Content;

namespace Recommendation.Modeling.Training;

/// <summary>
/// Trains item-item weights and reads the data once. Ages are relative to the newest interaction at or before <see
/// cref="TrainingOptions.AsOf"/>. Relative to a later time, all weights would shrink by the same factor.
/// </summary>
internal sealed class ModelTrainer(IOptions<ModelTrainerOptions> options, EventTypeSettings types) : IModelTrainer
{
    private const double ReadShare = 0.3;
    private const double TrainedShare = 0.9;

    private readonly ModelTrainerOptions _options = options.Value;

    /// <inheritdoc/>
    public Task<TrainedModel> TrainAsync(
        IAsyncEnumerable<Interaction> interactions,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(options);
        return RunAsync(new(_options, null, null), interactions, options, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<TrainedModel> RefitAsync(
        ModelDescription measured,
        RefitSource source,
        IAsyncEnumerable<Interaction> interactions,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(options);
        return RunAsync(
            new(ManifestParameters.Options(_options, measured.Parameters), measured, source),
            interactions,
            options,
            progress,
            cancellationToken
        );
    }

    // Not on the caller's thread, because everything but the reading is computation.
    private Task<TrainedModel> RunAsync(
        Job job,
        IAsyncEnumerable<Interaction> interactions,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken
    ) =>
        Task.Run(() => TrainOffThreadAsync(job, interactions, options, progress, cancellationToken), cancellationToken);

    private async Task<TrainedModel> TrainOffThreadAsync(
        Job job,
        IAsyncEnumerable<Interaction> interactions,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        progress?.Report(new("reading interactions", 0));
        var reader = new InteractionReader(types);
        var events = await reader.ReadAsync(interactions, options.AsOf, cancellationToken);
        TrainingDataCheck.CheckTypes(reader.Unnamed, reader.Read);
        var histories = UserItemMatrix.From(
            events,
            job.Options.HistoryLimit,
            job.Options.WeightCap,
            double.PositiveInfinity,
            cancellationToken
        );
        TrainingDataCheck.Check(events, histories.Matrix, job.Options.NeighboursPerItem);
        void Report(string stage, double fraction) =>
            progress?.Report(new(stage, double.Lerp(ReadShare, TrainedShare, fraction)));
        var training = new WeightTraining(job.Options);
        var trained = job.Measured is { } measured
            ? training.Refit(histories, ManifestParameters.Read(measured), Report, cancellationToken)
            : training.Train(histories, options.Fast, Report, cancellationToken);
        var content = await ContentAsync(job, histories, trained, options, progress, cancellationToken);
        progress?.Report(new("writing the model", TrainedShare));
        var model = await ModelArtefactWriter.WriteAsync(
            ContentOf(job, events, histories.Matrix, trained, content, options),
            _options.TemporaryFolder,
            cancellationToken
        );
        progress?.Report(new("trained", 1));
        return model;
    }

    /// <returns>Null if there is no catalogue, or if its content says nothing of what users come to.</returns>
    private static async Task<TrainedContent?> ContentAsync(
        Job job,
        UserItemMatrix histories,
        TrainedWeights trained,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        if (options.Catalogue is not { } read)
            return null;
        progress?.Report(new("reading the catalogue", TrainedShare));
        var catalogue = await ContentCatalogue.ReadAsync(read(cancellationToken), options.AsOf, cancellationToken);
        if (catalogue.Count == 0)
            return null;
        progress?.Report(new("comparing the content of items", TrainedShare));
        var training = new ContentTraining(job.Options, catalogue);
        var isSearched = !double.IsNaN(trained.Choice.Ndcg);
        var parameters =
            job.Measured is { } measured ? ScoringParameters.ContentOf(measured.Parameters)
            : isSearched ? training.Select(histories, trained.Choice, cancellationToken)
            : ContentParameters.Default;
        return parameters is null ? null : training.Train(histories, trained.Weights, parameters, cancellationToken);
    }

    private ModelContent ContentOf(
        Job job,
        TrainingEvents events,
        SparseMatrix histories,
        TrainedWeights trained,
        TrainedContent? content,
        TrainingOptions options
    )
    {
        var parameters = ManifestParameters.Write(trained, job.Options);
        var popularity = Popularity.Of(
            events,
            trained.Choice.PopularityHalfLifeDays ?? job.Options.PopularityHalfLife.TotalDays
        );
        return new()
        {
            Trainer = ManifestParameters.TrainerOf(trained.Choice),
            Created = options.AsOf,
            OldestData = DateTimeOffset.FromUnixTimeMilliseconds(events.OldestMilliseconds),
            NewestData = DateTimeOffset.FromUnixTimeMilliseconds(events.NewestMilliseconds),
            Users = Enumerable.Range(0, histories.Rows).Count(user => histories.IndicesOf(user).Length > 0),
            Interactions = events.Events.Length,
            ItemIds = content?.ItemIds ?? events.ItemIds,
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

    /// <summary>What is trained.</summary>
    /// <param name="Options">How.</param>
    /// <param name="Measured">The model with the parameters; null where they are to be chosen.</param>
    /// <param name="Source">What the manifest says of that model.</param>
    private sealed record Job(ModelTrainerOptions Options, ModelDescription? Measured, RefitSource? Source);
}
