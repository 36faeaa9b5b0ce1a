using Recommendation.Modeling.Evaluation;
using Recommendation.Modeling.Metrics;

namespace Recommendation.Modeling.Tests.Metrics;

public class RankingMetricsTests
{
    [Fact]
    public void Figures_of_a_list_are_those_worked_out_by_hand()
    {
        // hits at places 2 and 4 of 5; four relevant items
        var metrics = RankingMetrics.Of([9, 1, 8, 3, 7], [1, 3, 5, 6], 5);

        Assert.Equal(0.5, metrics.Recall);
        Assert.Equal(
            ((1 / Math.Log2(3)) + (1 / Math.Log2(5)))
                / (1 + (1 / Math.Log2(3)) + (1 / Math.Log2(4)) + (1 / Math.Log2(5))),
            metrics.Ndcg,
            1e-12
        );
        Assert.Equal(1, metrics.HitRate);
        Assert.Equal(0.5, metrics.ReciprocalRank);
    }

    [Fact]
    public void A_perfect_list_has_ndcg_1_although_more_is_relevant_than_it_can_hold()
    {
        var metrics = RankingMetrics.Of([1, 2], [1, 2, 3, 4], 2);

        Assert.Equal(1, metrics.Ndcg);
        Assert.Equal(0.5, metrics.Recall);
    }

    [Fact]
    public void A_list_without_a_hit_or_an_empty_one_is_worth_nothing()
    {
        Assert.Equal(default, RankingMetrics.Of([1, 2], [3], 2));
        Assert.Equal(default, RankingMetrics.Of([], [3], 2));
        Assert.Equal(default, RankingMetrics.Of([1, 2, 3], [3], 2));
    }

    [Fact]
    public void The_bootstrap_holds_the_mean_and_repeats()
    {
        var random = new Random(5);
        var values = Enumerable.Range(0, 500).Select(_ => random.NextDouble()).ToArray();

        var interval = Bootstrap.Mean(values, 500);

        // 1.96 standard errors of a uniform mean of 500 are 0.0253 to either side
        Assert.Equal(values.Average() - 0.0253, interval.Low, 0.005);
        Assert.Equal(values.Average() + 0.0253, interval.High, 0.005);
        Assert.Equal(interval, Bootstrap.Mean(values, 500));
        Assert.Equal(default, Bootstrap.Mean([], 500));
    }
}
