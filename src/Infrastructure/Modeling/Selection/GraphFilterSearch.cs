using Recommendation.Modeling.Data;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.Selection;

/// <summary>
/// Selects the parameters of the graph filter on a validation split. It first selects the user exponent on a few users,
/// because it matters most; then the filter and the low-rank share around the best β on more users; then the neighbours
/// of the best combination on all users; finally the best truncated rows.
/// </summary>
internal sealed class GraphFilterSearch(ValidationSplit split, ModelTrainerOptions options)
{
    private const int FewUsers = 800;
    private const int MoreUsers = 2_000;

    /// <returns>The best parameters.</returns>
    public SelectedGraphFilter Run(Action<double> progress, CancellationToken cancellationToken)
    {
        var (graph, beta) = ChooseGraph(fraction => progress(0.3 * fraction), cancellationToken);
        var lowRank = LowRank.Of(graph, options.Rank, options.Threads, cancellationToken);
        progress(0.35);
        var results = Search(
            GraphFilterGrid.Default.For(options).Around(beta),
            MoreUsers,
            fraction => progress(double.Lerp(0.35, 0.5, fraction))
        );
        if (split.Users.Length > MoreUsers)
        {
            var near = GraphFilterGrid.Default.For(options).Near(results.MaxBy(result => result.Ndcg).Parameters);
            results = Search(near, int.MaxValue, fraction => progress(double.Lerp(0.5, 0.75, fraction)));
        }
        var best = new TruncatedRowSearch(split, graph, lowRank, options).Best(results, cancellationToken);
        progress(1);
        return new(best.Parameters, best.Ndcg, graph, lowRank);

        List<(GraphFilterParameters Parameters, double Ndcg)> Search(
            GraphFilterGrid grid,
            int users,
            Action<double> searched
        ) =>
            new GraphFilterGridSearch(split, graph, lowRank, grid).Run(
                users,
                options.Threads,
                searched,
                cancellationToken
            );
    }

    private (ItemGraph Graph, double Beta) ChooseGraph(Action<double> progress, CancellationToken cancellationToken)
    {
        (ItemGraph Graph, GraphFilterParameters Parameters, double Ndcg)? best = null;
        var exponents = split.HasTimes ? GraphFilterGrid.UserExponents : GraphFilterGrid.EqualUsers;
        foreach (var (place, exponent) in exponents.Index())
        {
            var graph = new ItemGraph(split.Remaining.Matrix, exponent);
            var (parameters, ndcg) = new GraphFilterGridSearch(split, graph, null, GraphFilterGrid.Coarse.For(options))
                .Run(
                    FewUsers,
                    options.Threads,
                    fraction => progress((place + fraction) / exponents.Length),
                    cancellationToken
                )
                .MaxBy(result => result.Ndcg);
            if (best is null || ndcg > best.Value.Ndcg)
                best = (graph, parameters, ndcg);
        }
        return (best!.Value.Graph, best.Value.Parameters.Beta);
    }
}

/// <summary>The selected parameters, and the graph that they were measured with.</summary>
/// <param name="Parameters">The best parameters.</param>
/// <param name="Ndcg">Their NDCG@20.</param>
/// <param name="Graph">Of the split's remaining histories.</param>
/// <param name="LowRank">Of that graph.</param>
internal sealed record SelectedGraphFilter(
    GraphFilterParameters Parameters,
    double Ndcg,
    ItemGraph Graph,
    LowRank? LowRank
);
