using Recommendation.Modeling.Spectral;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Search;

/// <summary>
/// Chooses the sparse trainer's parameters on a validation split: first how much users with long histories count, on a
/// few users, since that matters most; then filter and low-rank share around the best β on more; then the neighbourhood
/// of the best on all of them; at last among finished rows.
/// </summary>
internal sealed class ParameterChoice(ValidationSplit split, ModelTrainerOptions options)
{
    private const int FewUsers = 800;
    private const int MoreUsers = 2_000;

    /// <returns>The best parameters.</returns>
    public WeightChoice Choose(Action<double> progress, CancellationToken cancellationToken)
    {
        var (graph, beta) = ChooseGraph(fraction => progress(0.3 * fraction), cancellationToken);
        var lowRank = LowRank.Of(graph, options.Rank, options.Threads, cancellationToken);
        progress(0.35);
        var results = Search(
            WeightGrid.Default.Around(beta),
            MoreUsers,
            fraction => progress(double.Lerp(0.35, 0.5, fraction))
        );
        if (split.Users.Length > MoreUsers)
        {
            var near = WeightGrid.Default.Near(results.MaxBy(result => result.Ndcg).Parameters);
            results = Search(near, int.MaxValue, fraction => progress(double.Lerp(0.5, 0.75, fraction)));
        }
        var best = new FinishedChoice(split, graph, lowRank, options).Best(results, cancellationToken);
        progress(1);
        return new(best.Parameters, best.Ndcg, graph, lowRank);

        List<(WeightParameters Parameters, double Ndcg)> Search(WeightGrid grid, int users, Action<double> searched) =>
            new WeightSearch(split, graph, lowRank, grid).Run(users, options.Threads, searched, cancellationToken);
    }

    private (ItemGraph Graph, double Beta) ChooseGraph(Action<double> progress, CancellationToken cancellationToken)
    {
        (ItemGraph Graph, WeightParameters Parameters, double Ndcg)? best = null;
        var exponents = split.HasTimes ? WeightGrid.UserExponents : WeightGrid.EqualUsers;
        foreach (var (place, exponent) in exponents.Index())
        {
            var graph = new ItemGraph(split.Remaining.Matrix, exponent);
            var (parameters, ndcg) = new WeightSearch(split, graph, null, WeightGrid.Coarse)
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

/// <summary>What was chosen, and what it was tried with.</summary>
/// <param name="Parameters">The best parameters.</param>
/// <param name="Ndcg">Their NDCG@20.</param>
/// <param name="Graph">Of the split's remaining histories.</param>
/// <param name="LowRank">Of that graph.</param>
internal sealed record WeightChoice(WeightParameters Parameters, double Ndcg, ItemGraph Graph, LowRank? LowRank);
