using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.GraphFilter;

/// <summary>
/// Weights from a filter of the item graph: <c>W = D^-β (f(S) + g VVᵀ) D^β</c>, sharpened. See
/// <see cref="GraphFilterRows"/>.
/// </summary>
/// <param name="parameters">The parameters of the filter.</param>
/// <param name="rank">r: the maximum number of eigenvectors in the low-rank term.</param>
internal sealed class GraphFilterTrainer(GraphFilterParameters parameters, int rank) : WeightTrainer
{
    /// <summary>The name of the stage in the training's progress.</summary>
    public const string Stage = "computing co-occurrences";

    /// <inheritdoc/>
    public override ItemWeights Train(UserItemMatrix data, TrainerRun run)
    {
        var graph = new ItemGraph(data.Matrix, parameters.UserExponent);
        var lowRank =
            parameters.LowRankShare > 0 ? LowRank.Of(graph, rank, run.Threads, run.CancellationToken) : null;
        return Train(graph, lowRank, run.Stage(Stage), run);
    }

    /// <summary>Trains on a graph that was made before.</summary>
    /// <param name="graph">The graph of the training data, with the user exponent of the parameters.</param>
    /// <param name="lowRank">Its leading eigenvectors. Required if the parameters have a low-rank share.</param>
    /// <param name="progress">Receives the completed fraction.</param>
    /// <param name="run">How to run the training. Its progress is not used.</param>
    public ItemWeights Train(ItemGraph graph, LowRank? lowRank, Action<double> progress, TrainerRun run) =>
        Sharpening.Of(
            new GraphFilterRows(graph, lowRank, [parameters], run.Neighbours, run.Threads).Make(
                progress,
                run.CancellationToken
            ),
            parameters.Sharpness,
            parameters.RowNormExponent,
            run.Threads
        );
}
