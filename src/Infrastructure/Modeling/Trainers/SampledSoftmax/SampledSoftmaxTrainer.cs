using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.Ease;
using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.Trainers.SampledSoftmax;

/// <summary>
/// Weights from a graph filter or EASE plus item factors that a sampled softmax loss learned. The factors start at the
/// eigenvectors of an item graph, and <see cref="FactorRows"/> adds their products to the rows of the other trainer. So
/// this trainer builds on those two, and is the only one that uses others.
/// </summary>
/// <param name="filter">The parameters of the graph filter. With EASE, only its graph is used.</param>
/// <param name="ease">The parameters of EASE if it is used instead of the graph filter; otherwise null.</param>
/// <param name="factors">How the factors are used.</param>
/// <param name="ensemble">
/// Factors that learned from most of the same data before, for example in the parameter search. The training continues
/// with them and changes them. Null to learn from the start.
/// </param>
/// <param name="rank">r: the maximum number of eigenvectors.</param>
internal sealed class SampledSoftmaxTrainer(
    GraphFilterParameters filter,
    EaseParameters? ease,
    FactorParameters factors,
    FactorEnsemble? ensemble,
    int rank
) : WeightTrainer
{
    /// <summary>The name of the second stage in the training's progress.</summary>
    public const string Stage = "learning item factors";

    private const double RowShare = 0.5;
    private const double LearnedShare = 0.85;

    /// <inheritdoc/>
    public override ItemWeights Train(UserItemMatrix data, TrainerRun run)
    {
        var graph = new ItemGraph(data.Matrix, filter.UserExponent);
        var lowRank =
            (ease is null && filter.LowRankShare > 0) || ensemble is null
                ? LowRank.Of(graph, rank, run.Threads, run.CancellationToken)
                : null;
        var longer = run with
        {
            Neighbours = FactorRows.LengthBefore * run.Neighbours,
            Progress = (stage, fraction) => run.Progress(stage, RowShare * fraction),
        };
        var rows = ease is null
            ? new GraphFilterTrainer(filter, rank)
                .Train(graph, lowRank, longer.Stage(GraphFilterTrainer.Stage), longer)
            : new EaseTrainer(ease).Train(data, longer);
        var learned = (ensemble ?? new FactorEnsemble(lowRank!, OptionsFor(data.Matrix))).Train(
            data.Matrix,
            run.Threads,
            run.Stage(Stage, RowShare, LearnedShare),
            run.CancellationToken
        );
        var prior = ItemFactors.PopularityPrior(graph.Degrees, factors.Exponent);
        var signs = ease is null ? RowSigns.Positive : RowSigns.Both;
        return new FactorRows(learned.WithPrior(prior), run.Neighbours, run.Threads, signs).Add(
            rows,
            factors.Share,
            run.Stage(Stage, LearnedShare),
            run.CancellationToken
        );
    }

    private static FactorOptions OptionsFor(SparseMatrix matrix) => FactorOptions.For(matrix) ?? FactorOptions.Default;
}
