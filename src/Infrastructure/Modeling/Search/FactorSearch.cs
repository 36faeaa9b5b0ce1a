using Recommendation.Modeling.Factors;
using Recommendation.Modeling.Scoring;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Search;

/// <summary>
/// Chooses how much learned factors count, by NDCG@20 on a validation split. They have to read better than the weights without them by two
/// standard errors of the difference, or they are left out: they are the dearest part of a model to train.
/// </summary>
internal sealed class FactorSearch(ValidationSplit split, WeightChoice sparse, ModelTrainerOptions options, CancellationToken cancellationToken)
{
    private const double TrainShare = 0.7;
    private const int Errors = 2;

    private static readonly double[] s_shares = [0.35, 0.7, 1];

    /// <param name="weights">W, trained on what remains; at least the rows of the items that the split's users have.</param>
    /// <param name="users">How many of the split's users to look at, chosen evenly.</param>
    /// <param name="progress">Told the fraction done.</param>
    public LearnedFactors Run(ItemWeights weights, int users, Action<double> progress)
    {
        var without = new LearnedFactors(0, sparse.Ndcg, weights => weights);
        if (sparse.LowRank is not { } start || FactorOptions.For(split.Remaining.Matrix) is not { } how)
            return without;
        var factors = new FactorTrainer(split.Remaining.Matrix, start, how, options.Threads)
            .Train(fraction => progress(TrainShare * fraction), cancellationToken);
        var rows = new FactorRows(factors, options.NeighboursPerItem, options.Threads);
        var trials = rows.Add(weights, s_shares, fraction => progress(double.Lerp(TrainShare, 1, fraction)), cancellationToken);
        var plain = Read(weights);
        var (share, read) = trials.Select((trial, at) => (s_shares[at], Read(trial))).MaxBy(trial => trial.Item2.Average());
        return new PairedGain(read, plain).Exceeds(Errors)
            ? new(share, sparse.Ndcg + read.Average() - plain.Average(), Added)
            : without;

        double[] Read(ItemWeights some) =>
            [.. new HeldOutNdcg(split, options.Threads).ByUser(users, some, null, Recency.None, null, [new(0, 0)], cancellationToken).Select(one => one[0])];

        ItemWeights Added(ItemWeights some) => rows.Add(some, [share], _ => { }, cancellationToken)[0];
    }
}

/// <summary>What factors add.</summary>
/// <param name="Share">s; 0 for nothing.</param>
/// <param name="Ndcg">With them.</param>
/// <param name="Added">Adds them to weights of the same split.</param>
internal sealed record LearnedFactors(double Share, double Ndcg, Func<ItemWeights, ItemWeights> Added);
