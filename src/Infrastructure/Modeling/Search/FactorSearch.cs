using Recommendation.Modeling.Factors;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Search;

/// <summary>
/// Chooses how much learned factors count, and how much they favour what is popular, by NDCG@20 on a validation split. They have to read
/// better than the weights without them by two standard errors of the difference, or they are left out: they are the dearest part of a model
/// to train.
/// </summary>
internal sealed class FactorSearch(ValidationSplit split, WeightChoice sparse, ModelTrainerOptions options, CancellationToken cancellationToken)
{
    private const double TrainShare = 0.8;
    private const int Errors = 2;

    /// <param name="weights">W, trained on what remains; at least the rows of the items that the split's users have.</param>
    /// <param name="users">How many of the split's users to look at, chosen evenly.</param>
    /// <param name="progress">Told the fraction done.</param>
    public LearnedFactors Run(ItemWeights weights, int users, Action<double> progress)
    {
        var without = new LearnedFactors(FactorParameters.None, sparse.Ndcg, weights => weights);
        if (sparse.LowRank is not { } start || FactorOptions.For(split.Remaining.Matrix) is not { } how)
            return without;
        var factors = new FactorEnsemble(split.Remaining.Matrix, start, how, options.Threads)
            .Train(fraction => progress(TrainShare * fraction), cancellationToken);
        var favours = Array.ConvertAll(FactorParameters.Exponents, exponent => ItemFactors.Favours(sparse.Graph.Degrees, exponent));
        FactorTrial[] trials =
        [
            new(0, favours[0]), // without factors, to compare with
            .. favours.SelectMany(one => Trials(one, Rows(factors.Favouring(one)).Size(weights, cancellationToken))),
        ];
        var read = new FactorNdcg(split, weights, factors, options.Threads)
            .ByTrial(users, trials, fraction => progress(double.Lerp(TrainShare, 1, fraction)), cancellationToken);
        var best = Enumerable.Range(1, trials.Length - 1).MaxBy(trial => read[trial].Average());
        if (!new PairedGain(read[best], read[0]).Exceeds(Errors))
            return without;
        var shares = FactorParameters.Shares.Length;
        var chosen = new FactorParameters(FactorParameters.Shares[(best - 1) % shares], FactorParameters.Exponents[(best - 1) / shares]);
        return new(chosen, sparse.Ndcg + read[best].Average() - read[0].Average(), Added);

        FactorRows Rows(ItemFactors some) => new(some, options.NeighboursPerItem, options.Threads);

        ItemWeights Added(ItemWeights some) =>
            Rows(factors.Favouring(favours[(best - 1) / shares])).Add(some, chosen.Share, _ => { }, cancellationToken);
    }

    private static IEnumerable<FactorTrial> Trials(float[] favours, double size) =>
        FactorParameters.Shares.Select(share => new FactorTrial((float)(share * size), favours));
}

/// <summary>What factors add.</summary>
/// <param name="Parameters">How they are used.</param>
/// <param name="Ndcg">With them.</param>
/// <param name="Added">Adds them to weights of the same split.</param>
internal sealed record LearnedFactors(FactorParameters Parameters, double Ndcg, Func<ItemWeights, ItemWeights> Added);
