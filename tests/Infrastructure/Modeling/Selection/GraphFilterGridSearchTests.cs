using Recommendation.Modeling.Data;
using Recommendation.Modeling.Metrics;
using Recommendation.Modeling.Selection;
using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.Tests.Selection;

public class GraphFilterGridSearchTests
{
    private static readonly ValidationSplit s_split = ValidationSplit.Of(
        UserItemMatrix.From(
            Some.Events(Some.TwoTastes(users: 200, items: 120, perUser: 14)),
            500,
            5,
            double.PositiveInfinity,
            CancellationToken.None
        ),
        150,
        allowRepeats: false,
        CancellationToken.None
    );

    private static readonly ItemGraph s_graph = new(s_split.Remaining.Matrix, 0.5);

    [Fact]
    public void It_reads_what_weights_of_those_parameters_read()
    {
        var lowRank = LowRank.Of(s_graph, 6, 1, CancellationToken.None);
        var grid = new GraphFilterGrid([0, 0.4], [1, 2], [0, 0.3]);

        var results = new GraphFilterGridSearch(s_split, s_graph, lowRank, grid).Run(
            150,
            2,
            _ => { },
            CancellationToken.None
        );

        Assert.Equal(8, results.Count);
        Assert.Equal(8, results.Select(result => result.Parameters).Distinct().Count());
        foreach (var (parameters, ndcg) in results)
            // weights are rounded to 16 bits, so near ties may swap
            Assert.Equal(ByWeights(parameters, lowRank), ndcg, 0.02);
    }

    [Fact]
    public void It_does_not_depend_on_the_number_of_threads()
    {
        var search = new GraphFilterGridSearch(s_split, s_graph, null, new([0, 0.3], [1, 2], [0, 1]));
        var one = search.Run(100, 1, _ => { }, CancellationToken.None);

        Assert.Equal(4, one.Count); // without a low-rank term there is nothing to share
        Assert.Equal(one, search.Run(100, 3, _ => { }, CancellationToken.None));
    }

    private static double ByWeights(GraphFilterParameters parameters, LowRank? lowRank)
    {
        var weights = new GraphFilterRows(s_graph, lowRank, [parameters], 1000, 1).Make(
            _ => { },
            CancellationToken.None
        );
        var matrix = s_split.Remaining.Matrix;
        return s_split.Users.Index().Average(user =>
        {
            var scores = new double[matrix.Columns];
            for (var entry = matrix.Offsets[user.Item]; entry < matrix.Offsets[user.Item + 1]; entry++)
            {
                var item = matrix.Indices[entry];
                for (var at = weights.Offsets[item]; at < weights.Offsets[item + 1]; at++)
                    scores[weights.Columns[at]] += matrix.Values[entry] * (double)weights.Values[at];
            }
            var seen = matrix.IndicesOf(user.Item).ToArray();
            var ranked = Enumerable.Range(0, scores.Length).Except(seen).Where(item => scores[item] > 0)
                .OrderByDescending(item => scores[item]).ThenBy(item => item).Take(20).ToArray();
            return RankingMetrics.Of(ranked, s_split.HeldOut[user.Index], 20).Ndcg;
        });
    }
}
