using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Metrics;
using Recommendation.Modeling.Selection;
using Recommendation.Modeling.Tests.Trainers.SampledSoftmax;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Cooccurrence;
using Recommendation.Modeling.Trainers.GraphFilter;
using Recommendation.Modeling.Trainers.SampledSoftmax;

namespace Recommendation.Modeling.Tests.Selection;

public sealed class FactorSearchTests
{
    private static readonly ModelTrainerOptions s_options = new() { NeighboursPerItem = 50, Threads = 2 };

    [Fact]
    public void Factors_that_find_nothing_more_are_left_out()
    {
        var random = new Random(5);
        var split = Split(Enumerable.Range(0, 1_200).SelectMany(user => Enumerable.Range(0, 8)
            .Select(_ => Some.Interaction($"u{user}", $"i{random.Next(600)}"))));
        var weights = Rows(split);

        var learned = new FactorSearch(split, Without(split, weights), s_options, CancellationToken.None)
            .Run(400, _ => { });

        Assert.Equal((FactorParameters.None, 0.5), (learned.Parameters, learned.Ndcg));
        Assert.Null(learned.Ensemble);
        Assert.Same(weights, learned.Added(weights));
    }

    [Fact]
    public void Trials_read_as_finished_rows_that_are_not_cut_do()
    {
        var split = Split(Some.TwoTastes(users: 300, items: 60, perUser: 10));
        var matrix = split.Remaining.Matrix;
        var ensemble = new FactorEnsemble(
            LowRank.Of(new ItemGraph(matrix), 8, 1, CancellationToken.None)!,
            FactorSome.Options
        );
        var factors = ensemble.Train(matrix, 2, _ => { }, CancellationToken.None);
        var weights = new CooccurrenceTrainer(0.3).Train(split.Remaining, Some.Run(500));
        var prior = ItemFactors.PopularityPrior(new ItemGraph(matrix).Degrees, 0.1);

        var read = new FactorNdcg(split, () => new RowScores(weights), () => new FactorProducts(factors), 2).ByTrial(
            int.MaxValue,
            [new(FactorParameters.None, 0, prior), new(new(1, 0.1), 0.4f, prior)],
            _ => { },
            CancellationToken.None
        );

        Assert.Equal(split.Users.Length, read[1].Length);
        for (var place = 0; place < split.Users.Length; place++)
        {
            var history = matrix.IndicesOf(split.Users[place]).ToArray();
            var counts = matrix.ValuesOf(split.Users[place]).ToArray();
            Assert.Equal(Ndcg((h, item) => FactorSome.Value(weights, h, item)), read[0][place], 1e-6);
            Assert.Equal(
                Ndcg(
                    (h, item) =>
                        FactorSome.Value(weights, h, item)
                        + (0.4 * prior[item] * FactorSome.Product(factors, h, item))
                ),
                read[1][place],
                1e-6
            );

            double Ndcg(Func<int, int, double> weight)
            {
                var best = Enumerable.Range(0, matrix.Columns).Except(history)
                    .Select(item => (item, score: history.Zip(counts, (h, count) => count * weight(h, item)).Sum()))
                    .Where(one => one.score > 0)
                    .OrderByDescending(one => one.score)
                    .ThenBy(one => one.item)
                    .Take(20)
                    .Select(one => one.item)
                    .ToArray();
                return RankingMetrics.Of(best, split.HeldOut[place], 20).Ndcg;
            }
        }
    }

    [Fact]
    public void Histories_score_by_filters_as_by_rows_that_are_not_cut()
    {
        var graph = new ItemGraph(FactorSome.Data.Matrix);
        var lowRank = LowRank.Of(graph, 8, 1, CancellationToken.None);
        var parameters = new GraphFilterParameters(1, 0.3, 2, 0.2);
        var filters = new FilterScores(graph, lowRank, parameters);
        var rows = new GraphFilterRows(graph, lowRank, [parameters], 500, 2).Make(_ => { }, CancellationToken.None);
        var finished = new RowScores(rows);
        foreach (var scores in new HistoryScores[] { filters, finished })
        {
            scores.Clear();
            scores.Add(3, 5, 1);
            scores.Add(3, 9, 2);
            scores.Compute();
        }

        foreach (
            var item in Enumerable
                .Range(0, rows.Items)
                .Where(item =>
                    item is not (5 or 9) && FactorSome.Value(rows, 5, item) > 0 && FactorSome.Value(rows, 9, item) > 0
                )
        )
            Assert.Equal(filters.Of(3)[item], finished.Of(3)[item], 2e-3);
        Assert.All(filters.Of(2).ToArray(), score => Assert.Equal(0, score));
    }

    private static ValidationSplit Split(IEnumerable<Domain.Interactions.Interaction> interactions) =>
        ValidationSplit.Of(
            Some.Matrix([.. interactions]),
            400,
            allowRepeats: false,
            CancellationToken.None
        );

    private static FactorBase Without(ValidationSplit split, ItemWeights weights)
    {
        var graph = new ItemGraph(split.Remaining.Matrix);
        return new(0.5, graph, LowRank.Of(graph, 16, 2, CancellationToken.None), (_, _) => weights)
        {
            Filter = GraphFilterParameters.Default,
        };
    }

    private static ItemWeights Rows(ValidationSplit split) =>
        new CooccurrenceTrainer(0.3).Train(split.Remaining, Some.Run(50));
}
