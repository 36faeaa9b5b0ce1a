using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Histories;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Modeling.Training;

/// <summary>
/// Trains item-item weights and reads the data once. Ages are relative to the newest interaction at or before <see
/// cref="TrainingOptions.AsOf"/>. Relative to a later time, all weights would shrink by the same factor.
/// </summary>
internal sealed class ModelTrainer(IOptions<ModelTrainerOptions> options, EventTypeSettings types) : IModelTrainer
{
    private readonly ModelTrainerOptions _options = options.Value;
    private readonly ModelBuilder _builder = new(types);

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
        return RunAsync(new TrainingJob(_options, null, null), interactions, options, progress, cancellationToken);
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
        TrainingJob job,
        IAsyncEnumerable<Interaction> interactions,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken
    ) =>
        Task.Run(() => TrainOffThreadAsync(job, interactions, options, progress, cancellationToken), cancellationToken);

    private async Task<TrainedModel> TrainOffThreadAsync(
        TrainingJob job,
        IAsyncEnumerable<Interaction> interactions,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        progress?.Report(new("reading interactions", 0));
        if (options.Variants.Count > 0)
        {
            var mains = new MainVariants(options.Variants);
            interactions = mains.Of(interactions, cancellationToken);
            job = job with { Mains = mains.Mains };
        }
        if (job.Options.OutOfCore || options.OutOfCore)
            return await OutOfCoreAsync(job, interactions, options, progress, cancellationToken);
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
        var training = new WeightTraining(job.Options);
        var trained = job.Measured is { } measured
            ? training.Refit(histories, ManifestParameters.Read(measured), Report(progress), cancellationToken)
            : training.Train(histories, options.Fast, Report(progress), cancellationToken);
        var facts = new TrainingFacts(
            events.ItemIds,
            Enumerable.Range(0, histories.Matrix.Rows).Count(user => histories.Matrix.IndicesOf(user).Length > 0),
            events.Events.Length,
            events.OldestMilliseconds,
            events.NewestMilliseconds,
            halfLife => Popularity.Of(events, halfLife)
        );
        return await _builder.BuildAsync(job, facts, () => histories, trained, options, progress, cancellationToken);
    }

    /// <summary>Writes the interactions to a temporary history file and trains from that.</summary>
    private async Task<TrainedModel> OutOfCoreAsync(
        TrainingJob job,
        IAsyncEnumerable<Interaction> interactions,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var file = TemporaryFiles.Create(_options.TemporaryFolder, "histories");
        try
        {
            await HistoryFileWriter.WriteAsync(
                interactions, file, _options.TemporaryFolder, HistoryFileWriter.DefaultBufferEvents,
                read => progress?.Report(new($"reading interactions ({read:n0})", 0)), cancellationToken);
            file.Position = 0;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
        using var rows = RowJob.Open(
            new(file, "of this training"), types, options.AsOf, job.Options, cancellationToken);
        rows.Check();
        var given = job.Measured is { } measured ? ManifestParameters.Read(measured) : null;
        var trained = new RowTraining(job.Options).Train(
            rows, given, options.Fast, Report(progress), cancellationToken);
        var facts = rows.Facts(cancellationToken);
        return await _builder.BuildAsync(
            job, facts, () => rows.Sample(cancellationToken), trained, options, progress, cancellationToken);
    }

    private static Action<string, double> Report(IProgress<TrainingProgress>? progress) =>
        (stage, fraction) =>
            progress?.Report(new(stage, double.Lerp(TrainingShares.Read, TrainingShares.Trained, fraction)));
}
