using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Cooccurrence;
using Recommendation.Modeling.Trainers.Ease;
using Recommendation.Modeling.Trainers.SampledSoftmax;

namespace Recommendation.Modeling.Selection;

/// <summary>
/// Selects the trainer and its parameters on a validation split. It compares truncated rows of the best graph filter
/// with truncated rows of the best EASE, then measures what learned factors add to the graph filter, then how order,
/// time and repeats should count.
/// </summary>
internal sealed class ModelSelection(
    ModelTrainerOptions options,
    Action<double> progress,
    CancellationToken cancellationToken
)
{
    /// <summary>The parameters of EASE are searched on this many of the most frequent items.</summary>
    private const int EaseItems = 3_000;
    private const int SequenceUsers = 2_000;
    // With 2,000 users, a share that scores 1 % less than another one came first.
    private const int FactorUsers = 8_000;
    private const double EaseShare = 0.4;
    private const double FactorShare = 0.6;
    private const double SequenceShare = 0.8;

    public SelectedModel Select(ValidationSplit split)
    {
        var findable = split.OfNewItems();
        if (!findable.IsWorthwhile)
            return WithSequence(split, CooccurrenceRows(split), SelectedModel.Default(options));
        var few = findable.OfMostFrequent(EaseItems, cancellationToken);
        var tryEase = split.Remaining.Matrix.Columns <= options.DenseLimitItems && few.IsWorthwhile;
        var filter = SearchFilter(tryEase ? few : findable, 0, tryEase ? EaseShare / 2 : FactorShare);
        if (tryEase && EaseIfBetter(few, filter) is { } ease)
            return WithSequence(split.OfMostFrequent(EaseItems, cancellationToken), ease.Weights, ease.Choice);
        if (tryEase && !ReferenceEquals(few, findable))
            filter = SearchFilter(findable, EaseShare, FactorShare);
        var learned = new FactorSearch(findable, filter, items => RowsOf(filter, items), options, cancellationToken)
            .Run(FactorUsers, fraction => progress(double.Lerp(FactorShare, SequenceShare, fraction)));
        var length = learned.Parameters.IsNone ? 1 : FactorRows.LengthBefore;
        return WithSequence(
            split,
            () => learned.Added(RowsOf(filter, SampledRows.ItemsOf(split, SequenceUsers), length)),
            new(filter.Parameters, null, SequenceParameters.None, learned.Ndcg)
            {
                Factors = learned.Parameters,
                Ensemble = learned.Ensemble,
            }
        );
    }

    private SelectedGraphFilter SearchFilter(ValidationSplit split, double from, double to) =>
        new GraphFilterSearch(split, options).Run(
            fraction => progress(double.Lerp(from, to, fraction)),
            cancellationToken
        );

    /// <summary>The best EASE, or null if the rows of the best graph filter score at least as high.</summary>
    private (SelectedModel Choice, Func<ItemWeights> Weights)? EaseIfBetter(
        ValidationSplit split,
        SelectedGraphFilter filter
    )
    {
        var heldOut = new HeldOutNdcg(split, options.Threads);
        var (parameters, weights) = new EaseSearch(
            split,
            EaseParameters.Ridges,
            EaseParameters.Exponents,
            options.NeighboursPerItem,
            options.Threads
        ).Run(fraction => progress(EaseShare * (1 + fraction) / 2), cancellationToken);
        var ndcg = heldOut.Average(split.Users.Length, weights, Recency.None, cancellationToken);
        var toBeat = heldOut.Average(
            split.Users.Length,
            RowsOf(filter, SampledRows.ItemsOf(split, int.MaxValue)),
            Recency.None,
            cancellationToken
        );
        return ndcg > toBeat
            ? (new(filter.Parameters, parameters, SequenceParameters.None, ndcg), () => weights)
            : null;
    }

    private SelectedModel WithSequence(ValidationSplit split, Func<ItemWeights> weights, SelectedModel choice)
    {
        if (!split.IsWorthwhile || (!split.AllowRepeats && !(split.HasTimes && options.Order)))
            return choice;
        progress(SequenceShare);
        var (sequence, ndcg) = new SequenceSearch(split, weights(), options, cancellationToken)
            .Run(fraction => progress(double.Lerp(SequenceShare, 1, fraction)));
        return choice with { Sequence = sequence, Ndcg = ndcg };
    }

    private ItemWeights RowsOf(SelectedGraphFilter choice, int[] items, int length = 1) =>
        Sharpening.Of(
            SampledRows.Make(
                items,
                choice.Graph,
                choice.LowRank,
                [choice.Parameters],
                length * options.NeighboursPerItem,
                options.Threads,
                cancellationToken
            )[0],
            choice.Parameters.Sharpness,
            choice.Parameters.RowNormExponent,
            options.Threads
        );

    private Func<ItemWeights> CooccurrenceRows(ValidationSplit split) =>
        () =>
            new CooccurrenceTrainer(options.PopularityExponent).Train(
                split.Remaining,
                new(options.NeighboursPerItem, options.Threads, (_, _) => { }, cancellationToken)
            );
}
