using Recommendation.Modeling.Factors;
using Recommendation.Modeling.Scoring;
using Recommendation.Modeling.Spectral;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Search;

/// <summary>
/// Chooses how much learned factors count, and how much they favour what is popular, by NDCG@20 on a validation split.
/// They have to read better than the weights without them by two standard errors of the difference, or they are left
/// out: they are the dearest part of a model to train.
/// </summary>
/// <param name="split">What to try on.</param>
/// <param name="sparse">The weights without factors.</param>
/// <param name="rowsOf">Makes finished rows of some items with them.</param>
/// <param name="options">How to train.</param>
/// <param name="cancellationToken">Stops the search.</param>
internal sealed class FactorSearch(
    ValidationSplit split,
    WeightChoice sparse,
    Func<int[], ItemWeights> rowsOf,
    ModelTrainerOptions options,
    CancellationToken cancellationToken
)
{
    private const double TrainShare = 0.9;
    private const int Errors = 2;
    private const int SizedItems = 256;

    /// <param name="users">How many of the split's users to look at, chosen evenly.</param>
    /// <param name="progress">Told the fraction done.</param>
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
            new(FactorParameters.None, 0, Favours(0)),
            .. FactorParameters.Exponents.SelectMany(exponent => Trials(exponent, Favours(exponent))),
        ];
        var read = new FactorNdcg(split, Weights(items), () => new FactorProducts(factors), options.Threads)
            .ByTrial(users, trials, fraction => progress(double.Lerp(TrainShare, 1, fraction)), cancellationToken);
        var best = Enumerable.Range(0, trials.Length).MaxBy(trial => read[trial].Average());
        if (!new PairedGain(read[best], read[0]).Exceeds(Errors))
            return without;
        return new(trials[best].Parameters, sparse.Ndcg + read[best].Average() - read[0].Average(), ensemble, weights =>
            Rows(trials[best].Favours).Add(weights, trials[best].Parameters.Share, _ => { }, cancellationToken));

        IEnumerable<FactorTrial> Trials(double exponent, float[] favours)
        {
            var size = Rows(favours).Size(some, cancellationToken);
            return FactorParameters.Shares.Select(share => new FactorTrial(
                new(share, exponent),
                (float)(share * size),
                favours
            ));
        }

        float[] Favours(double exponent) => ItemFactors.Favours(sparse.Graph.Degrees, exponent);

        FactorRows Rows(float[] favours) => new(factors.Favouring(favours), options.NeighboursPerItem, options.Threads);
    }

    /// <summary>
    /// Rows took 27 s of a training of 224 s, so they are made only where they are more than a filter with a cut.
    /// </summary>
    private Func<HistoryScores> Weights(int[] items)
    {
        if (sparse.Parameters is { Sharpness: 1, Evenness: 0 })
            return () => new FilterScores(sparse.Graph, sparse.LowRank, sparse.Parameters);
        var rows = rowsOf(items);
        return () => new RowScores(rows);
    }
}

/// <summary>What factors add.</summary>
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
