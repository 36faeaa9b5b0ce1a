using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Artefacts;

namespace Recommendation.Modeling.Training;

/// <summary>
/// Trains item-item weights, the data read once. Ages are counted from the newest interaction at or before
/// <see cref="TrainingOptions.AsOf"/>: counted from a later time they would all shrink alike, which says nothing.
/// </summary>
internal sealed class ModelTrainer(IOptions<ModelTrainerOptions> options, EventTypeSettings types) : IModelTrainer
{
    private const double ReadShare = 0.3;
    private const double TrainedShare = 0.9;

    private readonly ModelTrainerOptions _options = options.Value;

    /// <inheritdoc/>
    public Task<TrainedModel> TrainAsync(
        IAsyncEnumerable<Interaction> interactions, TrainingOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(options);
        // off the caller's thread: all but the reading is computation
        return Task.Run(() => TrainOffThreadAsync(interactions, options, progress, cancellationToken), cancellationToken);
    }

    private async Task<TrainedModel> TrainOffThreadAsync(
        IAsyncEnumerable<Interaction> interactions, TrainingOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(new("reading interactions", 0));
        var reader = new InteractionReader(types);
        var events = await reader.ReadAsync(interactions, options.AsOf, cancellationToken);
        Sufficiency.CheckTypes(reader.Unnamed, reader.Read);
        var histories = Histories.From(events, _options.HistoryLimit, _options.WeightCap, double.PositiveInfinity, cancellationToken);
        Sufficiency.Check(events, histories.Matrix, _options.NeighboursPerItem);
        var trained = new WeightTraining(_options).Train(
            histories, options.Fast,
            (stage, fraction) => progress?.Report(new(stage, double.Lerp(ReadShare, TrainedShare, fraction))),
            cancellationToken);
        progress?.Report(new("writing the model", TrainedShare));
        var model = await ModelArtefactWriter.WriteAsync(ContentOf(events, histories.Matrix, trained, options), _options.TemporaryFolder, cancellationToken);
        progress?.Report(new("trained", 1));
        return model;
    }

    private ModelContent ContentOf(TrainingEvents events, SparseMatrix histories, TrainedWeights trained, TrainingOptions options) => new()
    {
        Trainer = trained.Trainer,
        Created = options.AsOf,
        OldestData = DateTimeOffset.FromUnixTimeMilliseconds(events.OldestMilliseconds),
        NewestData = DateTimeOffset.FromUnixTimeMilliseconds(events.NewestMilliseconds),
        Users = Enumerable.Range(0, histories.Rows).Count(user => histories.IndicesOf(user).Length > 0),
        Interactions = events.Events.Length,
        ItemIds = events.ItemIds,
        EventTypes = types,
        Weights = trained.Weights,
        Popularity = Popularity.Of(events, _options.PopularityHalfLife.TotalDays),
        Parameters = trained.Parameters(_options),
        Metrics = trained.Metrics(),
    };
}
