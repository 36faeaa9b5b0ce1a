using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Metrics;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.GraphFilter;
using Recommendation.Modeling.Trainers.SampledSoftmax;

namespace Recommendation.Modeling.Selection;

/// <summary>
/// Selects the share and the popularity prior of learned factors by NDCG@20 on a validation split. Factors are the most
/// expensive part of a training, so they are used only if they score higher by two standard errors of the difference.
/// </summary>
/// <param name="split">The data to validate on.</param>
/// <param name="sparse">The weights without factors.</param>
/// <param name="rowsOf">Makes finished rows of some items with them.</param>
/// <param name="options">The options of the training.</param>
/// <param name="cancellationToken">Cancels the search.</param>
internal sealed class FactorSearch(
    ValidationSplit split,
    SelectedGraphFilter sparse,
    Func<int[], ItemWeights> rowsOf,
    ModelTrainerOptions options,
    CancellationToken cancellationToken
)
{
    private const double TrainShare = 0.9;
    private const int Errors = 2;
    private const int SizedItems = 256;

    /// <param name="users">The number of users to measure, spread evenly over the split.</param>
    /// <param name="progress">Receives the completed fraction.</param>
    public LearnedFactors Run(int users, Action<double> progress)
    {
        var without = new LearnedFactors(FactorParameters.None, sparse.Ndcg, null, weights => weights);
        if (sparse.LowRank is not { } start || FactorOptions.For(split.Remaining.Matrix) is not { } how)
            return without;
        var ensemble = new FactorEnsemble(start, how);
        var factors = ensemble.Train(
            split.Remaining.Matrix,
            options.Threads,
            fraction => progress(TrainShare * fraction),
            cancellationToken
        );
        var items = SampledRows.ItemsOf(split, users);
        var some = rowsOf([.. items.Chunk(Math.Max(1, items.Length / SizedItems)).Select(chunk => chunk[0])]);
        FactorTrial[] trials =
        [
            new(FactorParameters.None, 0, PopularityPrior(0)),
            .. FactorParameters.Exponents.SelectMany(exponent => Trials(exponent, PopularityPrior(exponent))),
        ];
        var read = new FactorNdcg(split, Weights(items), () => new FactorProducts(factors), options.Threads)
            .ByTrial(users, trials, fraction => progress(double.Lerp(TrainShare, 1, fraction)), cancellationToken);
        var best = Enumerable.Range(0, trials.Length).MaxBy(trial => read[trial].Average());
        if (!new PairedTest(read[best], read[0]).Exceeds(Errors))
            return without;
        return new(trials[best].Parameters, sparse.Ndcg + read[best].Average() - read[0].Average(), ensemble, weights =>
            Rows(trials[best].Prior).Add(weights, trials[best].Parameters.Share, _ => { }, cancellationToken));

        IEnumerable<FactorTrial> Trials(double exponent, float[] prior)
        {
            var size = Rows(prior).Size(some, cancellationToken);
            return FactorParameters.Shares.Select(share => new FactorTrial(
                new(share, exponent),
                (float)(share * size),
                prior
            ));
        }

        float[] PopularityPrior(double exponent) => ItemFactors.PopularityPrior(sparse.Graph.Degrees, exponent);

        FactorRows Rows(float[] prior) => new(factors.WithPrior(prior), options.NeighboursPerItem, options.Threads);
    }

    /// <summary>
    /// Rows took 27 s of a training of 224 s, so they are computed only if they differ from a truncated filter.
    /// </summary>
    private Func<HistoryScores> Weights(int[] items)
    {
        if (sparse.Parameters is { Sharpness: 1, RowNormExponent: 0 })
            return () => new FilterScores(sparse.Graph, sparse.LowRank, sparse.Parameters);
        var rows = rowsOf(items);
        return () => new RowScores(rows);
    }
}

/// <summary>What learned factors add.</summary>
/// <param name="Parameters">How they are used.</param>
/// <param name="Ndcg">With them.</param>
/// <param name="Ensemble">What has learned them; null where they are not used.</param>
/// <param name="Added">Adds them to weights of the same split.</param>
internal sealed record LearnedFactors(
    FactorParameters Parameters,
    double Ndcg,
    FactorEnsemble? Ensemble,
    Func<ItemWeights, ItemWeights> Added
);
