using Recommendation.Modeling.Evaluation;
using Recommendation.Modeling.Numerics;
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
    private const int Cutoff = 20;
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
        var sums = new Accumulator(graph.Items.Rows);
        var selector = new TopSelector();
        return users.Average(place =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Ndcg(place, items, rows, sums, selector);
        });
    }

    private double Ndcg(int place, int[] items, ItemWeights rows, Accumulator sums, TopSelector selector)
    {
        var history = split.Remaining.Matrix.IndicesOf(split.Users[place]);
        var weights = split.Remaining.Matrix.ValuesOf(split.Users[place]);
        for (var entry = 0; entry < history.Length; entry++)
        {
            var row = Array.BinarySearch(items, history[entry]);
            sums.Add(rows.ColumnsOf(row), Array.ConvertAll(rows.ValuesOf(row).ToArray(), value => (float)value), weights[entry] / rows.Scale);
        }
        foreach (var item in history)
            sums.Set(item, 0);
        selector.Reset(Cutoff, floor: 0);
        sums.OfferTo(selector);
        sums.Clear();
        var ranked = selector.Best().ToArray().Select(TopSelector.IndexOf).ToArray();
        return RankingMetrics.Of(ranked, split.HeldOut[place], Cutoff).Ndcg;
    }
}
