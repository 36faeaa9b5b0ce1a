using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Histories;
using Recommendation.Modeling.RowBlocks;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Modeling.Training;

/// <summary>The histories of a training out of core, and the rows that are made from them.</summary>
internal sealed class RowJob : IDisposable
{
    private readonly ModelTrainerOptions _options;
    private ChunkFile<int>? _sequences;
    private UserItemMatrix? _sample;

    private RowJob(HistorySource source, FoldedHistories histories, ModelTrainerOptions options)
    {
        (Source, Histories, _options) = (source, histories, options);
        Panels = new(histories.Items, options.Threads, (long)options.RowMegabytes << 20);
    }

    public HistorySource Source { get; }

    public FoldedHistories Histories { get; }

    public RowPanels Panels { get; }

    public int Items => Histories.Items;

    /// <summary>Whether the sample has fewer than all users.</summary>
    public bool IsSampled => Source.Events > _options.SampleInteractions;

    /// <param name="file">The history file; the job closes it.</param>
    /// <param name="types">What events weigh.</param>
    /// <param name="asOf">Later events are left out.</param>
    /// <param name="options">The options of the training.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="StoredFormatException">The file is damaged.</exception>
    public static RowJob Open(
        HistoryFileReader file, EventTypeSettings types, DateTimeOffset asOf, ModelTrainerOptions options,
        CancellationToken cancellationToken)
    {
        try
        {
            var source = HistorySource.Open(file, types, asOf, cancellationToken);
            return new(source, FoldedHistories.Make(source, options, cancellationToken), options);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <exception cref="RefusedException">The data can't be trained on; the message says why.</exception>
    public void Check()
    {
        TrainingDataCheck.CheckTypes(Source.Unnamed, Source.Read);
        TrainingDataCheck.Check(
            Source.Events, Source.Users, Items, Histories.UsersWithPairs, _options.NeighboursPerItem);
    }

    /// <summary>What the manifest says of the histories.</summary>
    public TrainingFacts Facts(CancellationToken cancellationToken) => new(
        Source.ItemIds, checked((int)Histories.Users), Source.Events, Source.OldestMilliseconds,
        Source.NewestMilliseconds, halfLife => PopularityOf(halfLife, cancellationToken));

    /// <summary>All items, and a sample of the users; the same one each time.</summary>
    public UserItemMatrix Sample(CancellationToken cancellationToken) => _sample ??= UserItemMatrix.From(
        Source.Sample(_options.SampleInteractions, cancellationToken),
        _options.HistoryLimit, _options.WeightCap, double.PositiveInfinity, cancellationToken);

    /// <summary>W of a range of items.</summary>
    public RowBlock Weights(
        RowPlan plan, int from, int to, Action<double> progress, CancellationToken cancellationToken) =>
        new WeightRows(
            Histories, plan.Greatest, plan.Choice.GraphFilter, plan.LowRank, plan.Factors, _options.NeighboursPerItem)
            .Make([.. Enumerable.Range(from, to - from)], from, Panels, progress, cancellationToken);

    /// <summary>M of a range of items; null where transitions do not count.</summary>
    public RowBlock? Transitions(
        RowPlan plan, int from, int to, Action<double> progress, CancellationToken cancellationToken)
    {
        if (plan.Choice.Sequence.Share <= 0)
            return null;
        _sequences ??= FoldedHistories.Sequences(Source, _options, cancellationToken);
        var counts = TransitionRows.Counts(_sequences, Items, cancellationToken);
        return new TransitionRows(_sequences, counts, plan.Choice.Sequence.Exponents, _options.NeighboursPerItem)
            .Make(from, to, Panels, progress, cancellationToken);
    }

    /// <summary>The popularity of all items.</summary>
    public float[] PopularityOf(double halfLifeDays, CancellationToken cancellationToken)
    {
        var popularity = new Popularity(Items, Source.NewestMilliseconds, halfLifeDays);
        foreach (var events in Source.Chunks(cancellationToken))
            popularity.Add(events);
        return popularity.Normalised();
    }

    public void Dispose()
    {
        _sequences?.Dispose();
        Histories.Dispose();
        Source.Dispose();
    }
}
