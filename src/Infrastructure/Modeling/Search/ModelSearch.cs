using Recommendation.Modeling.Dense;
using Recommendation.Modeling.Factors;
using Recommendation.Modeling.Scoring;
using Recommendation.Modeling.Sequences;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Search;

/// <summary>
/// Chooses trainer and parameters on a validation split: the sparse trainer's best against the dense trainer's best, as
/// finished weights; what learned factors add to the sparse one's; then what order and repeats have to do with it.
/// </summary>
internal sealed class ModelSearch(
    ModelTrainerOptions options,
    Action<double> progress,
    CancellationToken cancellationToken
)
{
    /// <summary>The dense trainer's parameters are searched on at most so many of the most frequent items.</summary>
    private const int DenseItems = 3_000;
    private const int OrderUsers = 2_000;
    private const int FactorUsers = 8_000; // of 2,000 users a share that reads 1 % less than another came out first
    private const double DenseShare = 0.4;
    private const double FactorShare = 0.6;
    private const double OrderShare = 0.8;

    public ModelChoice Choose(ValidationSplit split)
    {
        var findable = split.OfNewItems();
        if (!findable.IsWorthwhile)
            return InOrder(split, PlainRows(split), ModelChoice.Default(options));
        var few = findable.OfMostFrequent(DenseItems, cancellationToken);
        var tryDense = split.Remaining.Matrix.Columns <= options.DenseLimitItems && few.IsWorthwhile;
        var sparse = Sparse(tryDense ? few : findable, 0, tryDense ? DenseShare / 2 : FactorShare);
        if (tryDense && DenseIfBetter(few, sparse) is { } dense)
            return InOrder(split.OfMostFrequent(DenseItems, cancellationToken), dense.Weights, dense.Choice);
        if (tryDense && !ReferenceEquals(few, findable))
            sparse = Sparse(findable, DenseShare, FactorShare);
        var learned = new FactorSearch(findable, sparse, items => RowsOf(sparse, items), options, cancellationToken)
            .Run(FactorUsers, fraction => progress(double.Lerp(FactorShare, OrderShare, fraction)));
        var length = learned.Parameters.IsNone ? 1 : FactorRows.LengthBefore;
        return InOrder(
            split,
            () => learned.Added(RowsOf(sparse, SampledRows.ItemsOf(split, OrderUsers), length)),
            new(sparse.Parameters, null, OrderParameters.None, learned.Ndcg)
            {
                Factors = learned.Parameters,
                Ensemble = learned.Ensemble,
            }
        );
    }

    private WeightChoice Sparse(ValidationSplit split, double from, double to) =>
        new ParameterChoice(split, options).Choose(
            fraction => progress(double.Lerp(from, to, fraction)),
            cancellationToken
        );

    /// <summary>
    /// The best of the dense trainer, where finished weights of it read better than finished weights of the sparse
    /// trainer's best.
    /// </summary>
    private (ModelChoice Choice, Func<ItemWeights> Weights)? DenseIfBetter(ValidationSplit split, WeightChoice sparse)
    {
        var heldOut = new HeldOutNdcg(split, options.Threads);
        var (parameters, weights) = new DenseSearch(
            split,
            DenseParameters.Ridges,
            DenseParameters.Exponents,
            options.NeighboursPerItem,
            options.Threads
        ).Run(fraction => progress(DenseShare * (1 + fraction) / 2), cancellationToken);
        var ndcg = heldOut.Average(split.Users.Length, weights, Recency.None, cancellationToken);
        var toBeat = heldOut.Average(
            split.Users.Length,
            RowsOf(sparse, SampledRows.ItemsOf(split, int.MaxValue)),
            Recency.None,
            cancellationToken
        );
        return ndcg > toBeat ? (new(sparse.Parameters, parameters, OrderParameters.None, ndcg), () => weights) : null;
    }

    private ModelChoice InOrder(ValidationSplit split, Func<ItemWeights> weights, ModelChoice choice)
    {
        if (!split.IsWorthwhile || (!split.AllowRepeats && !(split.HasTimes && options.Order)))
            return choice;
        progress(OrderShare);
        var (order, ndcg) = new OrderSearch(split, weights(), options, cancellationToken)
            .Run(fraction => progress(double.Lerp(OrderShare, 1, fraction)));
        return choice with { Order = order, Ndcg = ndcg };
    }

    private ItemWeights RowsOf(WeightChoice choice, int[] items, int length = 1) =>
        Sharpening.Of(
            SampledRows.Train(
                items,
                choice.Graph,
                choice.LowRank,
                [choice.Parameters],
                length * options.NeighboursPerItem,
                options.Threads,
                cancellationToken
            )[0],
            choice.Parameters.Sharpness,
            choice.Parameters.Evenness,
            options.Threads
        );

    private Func<ItemWeights> PlainRows(ValidationSplit split) =>
        () =>
            new SparseTrainer(
                new NormalisedGram(split.Remaining.Matrix),
                options.PopularityExponent,
                options.NeighboursPerItem,
                options.Threads
            ).Train(_ => { }, cancellationToken);
}

/// <summary>What to train with.</summary>
/// <param name="Sparse">The parameters of the sparse trainer.</param>
/// <param name="Dense">Those of the dense one, where it is better.</param>
/// <param name="Order">What order and repeats count for.</param>
/// <param name="Ndcg">NDCG@20 on what was held out; not a number where nothing was.</param>
internal sealed record ModelChoice(WeightParameters Sparse, DenseParameters? Dense, OrderParameters Order, double Ndcg)
{
    /// <summary>How learned factors are used beside the sparse trainer's weights.</summary>
    public FactorParameters Factors { get; init; } = FactorParameters.None;

    /// <summary>What has learned them from the remaining histories; null where they are not used.</summary>
    public FactorEnsemble? Ensemble { get; init; }

    /// <summary>
    /// The half-life in days of the popularity that answers empty histories; null for the configured one.
    /// </summary>
    public double? PopularityHalfLifeDays { get; init; }

    /// <summary>Where there is nothing to choose by.</summary>
    public static ModelChoice Default(ModelTrainerOptions options) =>
        new(
            WeightParameters.Default with
            {
                Beta = options.PopularityExponent,
            },
            null,
            OrderParameters.None,
            double.NaN
        );
}
