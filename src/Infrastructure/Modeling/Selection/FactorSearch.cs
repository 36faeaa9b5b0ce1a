using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Metrics;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.SampledSoftmax;

namespace Recommendation.Modeling.Selection;

/// <summary>
/// Selects the share and the popularity prior of learned factors by NDCG@20 on a validation split. Factors are the most
/// expensive part of a training, so they are used only if they score higher by two standard errors of the difference.
/// </summary>
/// <param name="split">The data to validate on.</param>
/// <param name="without">The weights without factors.</param>
/// <param name="options">The options of the training.</param>
/// <param name="cancellationToken">Cancels the search.</param>
internal sealed class FactorSearch(
    ValidationSplit split,
    FactorBase without,
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
        var none = new LearnedFactors(FactorParameters.None, without.Ndcg, null, weights => weights);
        if (without.LowRank is not { } start || FactorOptions.For(split.Remaining.Matrix) is not { } how)
            return none;
        var ensemble = new FactorEnsemble(start, how);
        var factors = ensemble.Train(
            split.Remaining.Matrix,
            options.Threads,
            fraction => progress(TrainShare * fraction),
            cancellationToken
        );
        var items = SampledRows.ItemsOf(split, users);
        var some = without.Rows([.. items.Chunk(Math.Max(1, items.Length / SizedItems)).Select(chunk => chunk[0])], 1);
        FactorTrial[] trials =
        [
            new(FactorParameters.None, 0, PopularityPrior(0)),
            .. FactorParameters.Exponents.SelectMany(exponent => Trials(exponent, PopularityPrior(exponent))),
        ];
        var read = new FactorNdcg(split, without.ScoresOf(items), () => new FactorProducts(factors), options.Threads)
            .ByTrial(users, trials, fraction => progress(double.Lerp(TrainShare, 1, fraction)), cancellationToken);
        var best = Enumerable.Range(0, trials.Length).MaxBy(trial => read[trial].Average());
        if (!new PairedTest(read[best], read[0]).Exceeds(Errors))
            return none;
        var ndcg = without.Ndcg + read[best].Average() - read[0].Average();
        return new(trials[best].Parameters, ndcg, ensemble, weights =>
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

        float[] PopularityPrior(double exponent) => ItemFactors.PopularityPrior(without.Graph.Degrees, exponent);

        FactorRows Rows(float[] prior) =>
            new(factors.WithPrior(prior), options.NeighboursPerItem, options.Threads, without.Signs);
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
