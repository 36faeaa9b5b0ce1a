using Recommendation.Modeling.Dense;
using Recommendation.Modeling.Scoring;
using Recommendation.Modeling.Search;
using Recommendation.Modeling.Spectral;

namespace Recommendation.Modeling.Training;

/// <summary>
/// From histories to weights: chooses trainer and parameters where there are the data to choose by, then trains on all data.
/// </summary>
internal sealed class WeightTraining(ModelTrainerOptions options)
{
    private const string Searching = "choosing parameters";
    private const string Counting = "counting what goes together";
    private const string Inverting = "weighing items against each other";
    private const double DenseSearchShare = 0.3;
    private const double SearchShare = 0.6;

    /// <summary>The dense trainer's parameters are searched on at most so many of the most frequent items.</summary>
    private const int DenseSearchItems = 3_000;

    /// <param name="histories">The training data.</param>
    /// <param name="fast">Whether to train in one pass with fixed parameters.</param>
    /// <param name="progress">Told the stage and the fraction done.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    public TrainedWeights Train(Histories histories, bool fast, Action<string, double> progress, CancellationToken cancellationToken)
    {
        var matrix = histories.Matrix;
        if (fast || !IsSearchable(matrix) || ValidationSplit.Of(histories, options.ValidationUsers) is not { IsWorthwhile: true } split)
            return Sparse(matrix, WeightParameters.Default with { Beta = options.PopularityExponent }, double.NaN, 0, progress, cancellationToken);

        progress(Searching, 0);
        var few = split.OfMostFrequent(DenseSearchItems);
        var tryDense = matrix.Columns <= options.DenseLimitItems && few.IsWorthwhile;
        var chosen = Choose(tryDense ? few : split, 0, progress, cancellationToken);
        if (tryDense && DenseIfBetter(few, chosen.Parameters, progress, cancellationToken) is { } dense)
            return Dense(matrix, dense.Parameters, dense.Recency, dense.Ndcg, progress, cancellationToken);
        if (tryDense && !ReferenceEquals(few, split))
            chosen = Choose(split, DenseSearchShare, progress, cancellationToken);
        return Sparse(matrix, chosen.Parameters, chosen.Ndcg, SearchShare, progress, cancellationToken);
    }

    /// <summary>The best of the dense trainer, where finished weights of it read better than finished weights of the sparse trainer's best.</summary>
    private (DenseParameters Parameters, Recency Recency, double Ndcg)? DenseIfBetter(
        ValidationSplit split, WeightParameters sparse, Action<string, double> progress, CancellationToken cancellationToken)
    {
        var heldOut = new HeldOutNdcg(split);
        var search = new DenseSearch(split, options.NeighboursPerItem, options.Threads);
        var (parameters, recency, weights) = search.Run(fraction => progress(Searching, DenseSearchShare * (1 + fraction) / 2), cancellationToken);
        var rival = Sparse(split.Remaining.Matrix, sparse, double.NaN, 0, (_, _) => { }, cancellationToken);
        var ndcg = heldOut.Average(split.Users.Length, weights, item => item, recency, cancellationToken);
        var toBeat = heldOut.Average(split.Users.Length, rival.Weights, item => item, rival.Recency, cancellationToken);
        return ndcg > toBeat ? (parameters, recency, ndcg) : null;
    }

    private bool IsSearchable(SparseMatrix matrix) =>
        options.Search && matrix.Columns <= options.SearchLimitItems && matrix.Rows <= options.SearchLimitUsers;

    private (WeightParameters Parameters, double Ndcg) Choose(
        ValidationSplit split, double from, Action<string, double> progress, CancellationToken cancellationToken)
    {
        var to = from == 0 && split.Remaining.Matrix.Columns <= options.DenseLimitItems ? DenseSearchShare / 2 : SearchShare;
        return new ParameterChoice(split, options, cancellationToken)
            .Choose(fraction => progress(Searching, double.Lerp(from, to, fraction)), cancellationToken);
    }

    private TrainedWeights Sparse(
        SparseMatrix matrix, WeightParameters parameters, double ndcg, double from, Action<string, double> progress, CancellationToken cancellationToken)
    {
        progress(Counting, from);
        return TrainedWeights.Of(Weights(fraction => progress(Counting, double.Lerp(from, 1, fraction))), parameters, ndcg);

        ItemWeights Weights(Action<double> counted)
        {
            if (parameters.IsPlain)
                return new SparseTrainer(new NormalisedGram(matrix), parameters.Beta, options.NeighboursPerItem, options.Threads).Train(counted, cancellationToken);
            var graph = new ItemGraph(matrix);
            var lowRank = parameters.LowRankShare > 0 ? LowRank.Of(graph, options.Rank, options.Threads, cancellationToken) : null;
            return new FilteredTrainer(graph, lowRank, parameters, options.NeighboursPerItem, options.Threads).Train(counted, cancellationToken);
        }
    }

    private TrainedWeights Dense(
        SparseMatrix matrix, DenseParameters parameters, Recency recency, double ndcg, Action<string, double> progress, CancellationToken cancellationToken)
    {
        progress(Inverting, SearchShare);
        var trainer = new DenseTrainer(matrix, options.NeighboursPerItem, options.Threads);
        var inverse = trainer.Invert(
            parameters.Normalised, parameters.Lambda, fraction => progress(Inverting, double.Lerp(SearchShare, 1, fraction)), cancellationToken);
        return TrainedWeights.Of(trainer.Weights(inverse, parameters, cancellationToken), parameters, recency, ndcg);
    }
}
