using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Cooccurrence;
using Recommendation.Modeling.Trainers.SampledSoftmax;

namespace Recommendation.Modeling.Selection;

/// <summary>
/// Selects the trainer and its parameters on a validation split. It compares truncated rows of the best graph filter
/// with truncated rows of the best EASE, then measures what learned factors add to the better one, then how order,
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
        if (tryEase && Ease(few).IfBetter(filter.Parameters, RowsOf(filter, SampledRows.ItemsOf(few, int.MaxValue)))
            is { } ease)
        {
            var chosen = WithFactors(
                split.OfMostFrequent(EaseItems, cancellationToken),
                few,
                ease.Choice,
                ease.Without(options, cancellationToken)
            );
            // Factors of some of the items can't go on learning for all of them.
            return few.Remaining.Matrix.Columns == split.Remaining.Matrix.Columns
                ? chosen
                : chosen with { Ensemble = null };
        }
        if (tryEase && !ReferenceEquals(few, findable))
            filter = SearchFilter(findable, EaseShare, FactorShare);
        var without = new FactorBase(
            filter.Ndcg, filter.Graph, filter.LowRank, (items, length) => RowsOf(filter, items, length))
        {
            Filter = filter.Parameters,
        };
        var choice = new SelectedModel(filter.Parameters, null, SequenceParameters.None, filter.Ndcg);
        return WithFactors(split, findable, choice, without);
    }

    /// <param name="split">The data to validate order, time and repeats on.</param>
    /// <param name="findable">The data to validate factors on.</param>
    /// <param name="choice">The parameters without factors.</param>
    /// <param name="without">Their weights.</param>
    private SelectedModel WithFactors(
        ValidationSplit split, ValidationSplit findable, SelectedModel choice, FactorBase without)
    {
        var learned = new FactorSearch(findable, without, options, cancellationToken)
            .Run(FactorUsers, fraction => progress(double.Lerp(FactorShare, SequenceShare, fraction)));
        var length = learned.Parameters.IsNone ? 1 : FactorRows.LengthBefore;
        return WithSequence(
            split,
            () => learned.Added(without.Rows(SampledRows.ItemsOf(split, SequenceUsers), length)),
            choice with { Ndcg = learned.Ndcg, Factors = learned.Parameters, Ensemble = learned.Ensemble }
        );
    }

    private EaseRival Ease(ValidationSplit split) =>
        new(split, options, fraction => progress(EaseShare * (1 + fraction) / 2), cancellationToken);

    private SelectedGraphFilter SearchFilter(ValidationSplit split, double from, double to) =>
        new GraphFilterSearch(split, options).Run(
            fraction => progress(double.Lerp(from, to, fraction)),
            cancellationToken
        );

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
