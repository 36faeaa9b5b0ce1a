using Recommendation.Modeling.Scoring;
using Recommendation.Modeling.Search;
using Recommendation.Modeling.Spectral;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Tests.Search;

public class PruningCostTests
{
    private static readonly ValidationSplit s_split = ValidationSplit.Of(
        Histories.From(Some.Events(Some.TwoTastes(users: 200, items: 120, perUser: 14)), 500, 5, double.PositiveInfinity, CancellationToken.None), 150);

    private static readonly ItemGraph s_graph = new(s_split.Remaining.Matrix);
    private static readonly WeightParameters s_flat = new(0.3, 3, 0, Recency.None);

    [Fact]
    public void Rows_that_keep_everything_cost_nothing_and_very_short_ones_cost_much()
    {
        Assert.Equal(0, Cost(1000).Of(s_flat, CancellationToken.None), 0.01); // rounding to 16 bits may swap near ties
        Assert.True(Cost(1).Of(s_flat, CancellationToken.None) > 0.02);
    }

    [Fact]
    public void The_best_after_the_cut_is_chosen()
    {
        var plain = s_flat with { Flatness = 1 };
        var cost = Cost(3);
        var difference = cost.Of(s_flat, CancellationToken.None) - cost.Of(plain, CancellationToken.None);

        Assert.NotEqual(0, difference);
        foreach (var lead in new[] { difference - 0.001, difference + 0.001 })
        {
            var best = cost.Best([(plain, 0.5), (s_flat, 0.5 + lead)], CancellationToken.None);
            Assert.Equal(lead > difference ? s_flat : plain, best.Parameters);
        }
        Assert.Equal(s_flat, Cost(1000).Best([(plain, 0.4), (s_flat, 0.5)], CancellationToken.None).Parameters);
    }

    private static PruningCost Cost(int neighbours) =>
        new(s_split, s_graph, null, new ModelTrainerOptions { NeighboursPerItem = neighbours, Threads = 2 });
}
