using Recommendation.Domain.Models;

namespace Recommendation.Domain.Tests.Models;

/// <summary>The gate's three rules, at and beyond their edges.</summary>
public sealed class ModelGateTests
{
    [Fact]
    public void The_first_model_passes()
    {
        var verdict = ModelGate.Compare(Model("new", ndcg: 0.01), []);

        Assert.True(verdict.Passed);
        Assert.Contains("no earlier version", Assert.Single(verdict.Reasons), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0982, true)]
    [InlineData(0.0979, false)]
    [InlineData(0.2, true)]
    public void The_ndcg_may_be_two_percent_below_the_best(double ndcg, bool passes)
    {
        var verdict = ModelGate.Compare(
            Model("new", ndcg),
            [Model("old", 0.05), Model("best", 0.1), Model("other", 0.09)]
        );

        Assert.Equal(passes, verdict.Passed);
        Assert.Contains("best", Assert.Single(verdict.Reasons), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.46, true)]
    [InlineData(0.44, false)]
    public void The_coverage_may_be_a_tenth_below_that_of_the_best(double coverage, bool passes)
    {
        var verdict = ModelGate.Compare(
            Model("new", 0.1, coverage),
            [Model("best", 0.1, 0.5), Model("wide", 0.05, 0.9)]
        );

        Assert.Equal(passes, verdict.Passed);
        Assert.Contains(
            passes ? "0.460" : "Coverage is 0.440",
            Assert.Single(verdict.Reasons),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(499, false)]
    [InlineData(2000, true)]
    [InlineData(2001, false)]
    public void The_size_is_between_half_and_double_of_the_best(long bytes, bool passes) =>
        Assert.Equal(
            passes,
            ModelGate.Compare(Model("new", 0.1, bytes: bytes), [Model("best", 0.1, bytes: 1000)]).Passed
        );

    [Theory]
    [InlineData(40, true)]
    [InlineData(4000, false)]
    public void What_chance_explains_with_so_few_users_turns_nobody_away(int users, bool passes)
    {
        // 4 % below on average, by differences of ±0.05 from user to user.
        var best = Enumerable.Range(0, users).Select(user => user % 2 == 0 ? 0.15 : 0.05).ToArray();
        var other = Enumerable.Range(0, users).Select(user => user % 2 == 0 ? 0.05 : 0.142).ToArray();

        var verdict = ModelGate.Compare(
            new MeasuredModel(ModelVersion.Parse("new"), 1000, new ModelQuality(other, 0.1, 0.5)),
            [new MeasuredModel(ModelVersion.Parse("best"), 1000, new ModelQuality(best, 0.1, 0.5))]);

        Assert.Equal(passes, verdict.Passed);
    }

    [Fact]
    public void Everything_that_falls_short_is_said()
    {
        var verdict = ModelGate.Compare(Model("new", 0.01, 0.01, 1), [Model("best", 0.1)]);

        Assert.False(verdict.Passed);
        Assert.Equal(3, verdict.Reasons.Count);
    }

    private static MeasuredModel Model(string version, double ndcg, double coverage = 0.5, long bytes = 1000) =>
        new(ModelVersion.Parse(version), bytes, new ModelQuality([.. Enumerable.Repeat(ndcg, 100)], 0.1, coverage));
}
