using Recommendation.Modeling.Spectral;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Search;

/// <summary>
/// What NDCG@20 loses when rows are cut to K neighbours. Flat filters and large low-rank shares spread over more items, so they
/// lose more; a search without cut rows would prefer them wrongly. Measured on fewer users than the search: the difference
/// varies less than the figure itself.
/// </summary>
internal sealed class PruningCost(ValidationSplit split, ItemGraph graph, LowRank? lowRank, ModelTrainerOptions options)
{
    private const int MostUsers = 600;

    private readonly int _users = Math.Min(MostUsers, split.Users.Length);

    /// <summary>The best of the results after the cut: of each filter the best before it is looked at.</summary>
    public (WeightParameters Parameters, double Ndcg) Best(List<(WeightParameters Parameters, double Ndcg)> results, CancellationToken cancellationToken)
    {
        if (graph.Items.Rows <= options.NeighboursPerItem + 1)
            return results.MaxBy(result => result.Ndcg);
        return results
            .GroupBy(result => result.Parameters.Flatness, (_, group) => group.MaxBy(result => result.Ndcg))
            .Select(result => result with { Ndcg = result.Ndcg - Of(result.Parameters, cancellationToken) })
            .MaxBy(result => result.Ndcg);
    }

    /// <summary>NDCG@20 without a cut less NDCG@20 with it.</summary>
    public double Of(WeightParameters parameters, CancellationToken cancellationToken)
    {
        var whole = new WeightSearch(split, graph, lowRank, WeightGrid.Only(parameters)).Run(_users, options.Threads, _ => { }, cancellationToken);
        return whole[0].Ndcg - Cut(parameters, cancellationToken);
    }

    private double Cut(WeightParameters parameters, CancellationToken cancellationToken)
    {
        var users = Enumerable.Range(0, _users).Select(place => split.UserAt(place, _users)).ToArray();
        var items = users.SelectMany(place => split.Remaining.Matrix.IndicesOf(split.Users[place]).ToArray()).Distinct().Order().ToArray();
        var rows = new FilteredTrainer(graph, lowRank, parameters, options.NeighboursPerItem, options.Threads)
            .TrainRows(items, _ => { }, cancellationToken);
        return new HeldOutNdcg(split).Average(_users, rows, item => Array.BinarySearch(items, item), parameters.Recency, cancellationToken);
    }
}
