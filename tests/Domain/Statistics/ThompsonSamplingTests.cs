using Recommendation.Domain.Statistics;

namespace Recommendation.Domain.Tests.Statistics;

public sealed class ThompsonSamplingTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 1)]
    [InlineData(0, 200)]
    [InlineData(50, 450)]
    [InlineData(10_000, 10_000)]
    public void Draws_have_the_mean_and_the_spread_of_the_beta_distribution(long successes, long failures)
    {
        const int draws = 40_000;
        var (a, b) = (1.0 + successes, 1.0 + failures);
        var (mean, variance) = (a / (a + b), a * b / ((a + b) * (a + b) * (a + b + 1)));
        var random = new Random(7);

        var drawn = Enumerable.Range(0, draws)
            .Select(_ => ThompsonSampling.Draw(random, successes, failures)).ToList();

        Assert.All(drawn, rate => Assert.InRange(rate, 0, 1));
        // Five standard errors.
        Assert.Equal(mean, drawn.Average(), 5 * Math.Sqrt(variance / draws));
        Assert.InRange(drawn.Average(rate => Math.Pow(rate - mean, 2)) / variance, 0.93, 1.07);
    }

    [Fact]
    public void The_same_source_gives_the_same_draws() => Assert.Equal(
        ThompsonSampling.Draw(new Random(3), 4, 9), ThompsonSampling.Draw(new Random(3), 4, 9));

    [Fact]
    public void Counts_are_not_negative()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ThompsonSampling.Draw(new Random(1), -1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThompsonSampling.Draw(new Random(1), 0, -1));
    }
}
