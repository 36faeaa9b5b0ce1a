using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Ease;
using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.Selection;

/// <summary>Searches the best EASE and compares its truncated rows with those of the best graph filter.</summary>
/// <param name="split">The data to validate on.</param>
/// <param name="options">The options of the training.</param>
/// <param name="progress">Receives the completed fraction.</param>
/// <param name="cancellationToken">Cancels the search.</param>
internal sealed class EaseRival(
    ValidationSplit split, ModelTrainerOptions options, Action<double> progress, CancellationToken cancellationToken)
{
    /// <param name="filter">The parameters of the best graph filter.</param>
    /// <param name="toBeat">Its rows.</param>
    /// <returns>The best EASE, or null if the rows of the graph filter score at least as high.</returns>
    public SelectedEase? IfBetter(GraphFilterParameters filter, ItemWeights toBeat)
    {
        var heldOut = new HeldOutNdcg(split, options.Threads);
        var (parameters, weights) = new EaseSearch(
            split,
            EaseParameters.Ridges,
            EaseParameters.Exponents,
            options.NeighboursPerItem,
            options.Threads
        ).Run(progress, cancellationToken);
        var ndcg = heldOut.Average(split.Users.Length, weights, Recency.None, cancellationToken);
        return ndcg > heldOut.Average(split.Users.Length, toBeat, Recency.None, cancellationToken)
            ? new(new(filter, parameters, SequenceParameters.None, ndcg), parameters, weights, split)
            : null;
    }
}

/// <summary>The best EASE of a search.</summary>
/// <param name="Choice">The parameters of the training.</param>
/// <param name="Parameters">The parameters of EASE.</param>
/// <param name="Weights">Its rows.</param>
/// <param name="Split">What they were trained on.</param>
internal sealed record SelectedEase(
    SelectedModel Choice, EaseParameters Parameters, ItemWeights Weights, ValidationSplit Split)
{
    /// <summary>What factors may join.</summary>
    public FactorBase Without(ModelTrainerOptions options, CancellationToken cancellationToken)
    {
        // The graph of a refit, which knows the parameters of EASE only.
        var graph = new ItemGraph(Split.Remaining.Matrix, GraphFilterParameters.Default.UserExponent);
        var lowRank = LowRank.Of(graph, options.Rank, options.Threads, cancellationToken);
        return new(Choice.Ndcg, graph, lowRank, (_, length) => length == 1 ? Weights : Longer(length));

        ItemWeights Longer(int length) =>
            new EaseTrainer(Parameters).Train(
                Split.Remaining,
                new(length * options.NeighboursPerItem, options.Threads, (_, _) => { }, cancellationToken)
            );
    }
}
