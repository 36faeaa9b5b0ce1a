using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.Trainers.SampledSoftmax;

/// <summary>
/// Weights from a graph filter plus item factors that a sampled softmax loss learned. The factors start at the
/// eigenvectors of the filter's graph, and <see cref="FactorRows"/> adds their products to the rows of the filter. So
/// this trainer builds on the graph filter's, and is the only trainer that uses another one.
/// </summary>
/// <param name="filter">The parameters of the graph filter.</param>
/// <param name="factors">How the factors are used.</param>
/// <param name="ensemble">
/// Factors that learned from most of the same data before, for example in the parameter search. The training continues
/// with them and changes them. Null to learn from the start.
/// </param>
/// <param name="rank">r: the maximum number of eigenvectors.</param>
internal sealed class SampledSoftmaxTrainer(
    GraphFilterParameters filter,
    FactorParameters factors,
    FactorEnsemble? ensemble,
    int rank
) : WeightTrainer
{
    /// <summary>The name of the second stage in the training's progress.</summary>
    public const string Stage = "learning item factors";

    private const double FilterShare = 0.5;
    private const double LearnedShare = 0.85;

    /// <inheritdoc/>
    public override ItemWeights Train(UserItemMatrix data, TrainerRun run)
    {
        var graph = new ItemGraph(data.Matrix, filter.UserExponent);
        var lowRank =
            filter.LowRankShare > 0 || ensemble is null
                ? LowRank.Of(graph, rank, run.Threads, run.CancellationToken)
                : null;
        var rows = new GraphFilterTrainer(filter, rank).Train(
            graph,
            lowRank,
            run.Stage(GraphFilterTrainer.Stage, 0, FilterShare),
            run with
            {
                Neighbours = FactorRows.LengthBefore * run.Neighbours,
            }
        );
        var learned = (ensemble ?? new FactorEnsemble(lowRank!, OptionsFor(data.Matrix))).Train(
            data.Matrix,
            run.Threads,
            run.Stage(Stage, FilterShare, LearnedShare),
            run.CancellationToken
        );
        var prior = ItemFactors.PopularityPrior(graph.Degrees, factors.Exponent);
        return new FactorRows(learned.WithPrior(prior), run.Neighbours, run.Threads).Add(
            rows,
            factors.Share,
            run.Stage(Stage, LearnedShare),
            run.CancellationToken
        );
    }

    private static FactorOptions OptionsFor(SparseMatrix matrix) => FactorOptions.For(matrix) ?? FactorOptions.Default;
}
