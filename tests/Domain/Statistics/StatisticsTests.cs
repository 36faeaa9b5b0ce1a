using Recommendation.Domain.Statistics;

namespace Recommendation.Domain.Tests.Statistics;

public sealed class StatisticsTests
{
    // Values of R's qnorm.
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.8, 0.8416212335729143)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.001, -3.090232306167814)]
    [InlineData(1e-10, -6.361340902404056)]
    public void Quantiles_are_those_of_the_tables(double probability, double expected) =>
        Assert.Equal(expected, NormalDistribution.Quantile(probability), 1e-12);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Only_probabilities_have_quantiles(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(probability));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0.5, 0.5723649429247001)]
    [InlineData(5, 3.178053830347946)]
    [InlineData(100.5, 361.43554046777757)]
    public void Log_gamma_is_that_of_the_tables(double x, double expected) =>
        Assert.Equal(expected, Gamma.Log(x), 1e-11);

    [Fact]
    public void The_ratio_of_users_who_are_alike_has_the_variance_of_independent_trials()
    {
        // One impression each: x is 0 or 1, so the delta method is p(1-p)/(n-1).
        RatioMoments moments = default;
        for (var i = 0; i < 1000; i++)
            moments = moments.With(i < 40 ? 1 : 0, 1);
        Assert.Equal(0.04, moments.Ratio!.Value, 1e-12);
        Assert.Equal(0.04 * 0.96 / 999, moments.Variance!.Value, 1e-12);
        Assert.Equal(0.96 / 0.04 / 999, moments.LogVariance!.Value, 1e-9);
    }

    [Fact]
    public void A_user_who_repeats_the_others_adds_no_certainty()
    {
        RatioMoments single = default, tenfold = default;
        for (var i = 0; i < 100; i++)
        {
            single = single.With(i % 4, 4);
            tenfold = tenfold.With(10 * (i % 4), 40);
        }
        Assert.Equal(single.Variance!.Value, tenfold.Variance!.Value, 1e-12);
        Assert.Equal(single.FixedInterval(0.05), tenfold.FixedInterval(0.05));
    }

    [Fact]
    public void Nothing_is_said_of_one_user_or_of_no_denominator()
    {
        Assert.Null(default(RatioMoments).Ratio);
        Assert.Null(default(RatioMoments).With(1, 2).Variance);
        Assert.Null(default(RatioMoments).With(1, 0).With(2, 0).FixedInterval(0.05));
        Assert.Null(default(RatioMoments).With(0, 5).With(0, 5).LogVariance);
    }

    [Fact]
    public void Moments_add_up()
    {
        var left = default(RatioMoments).With(1, 2).With(3, 4);
        var right = default(RatioMoments).With(5, 7);
        Assert.Equal(default(RatioMoments).With(1, 2).With(3, 4).With(5, 7), left + right);
    }

    [Fact]
    public void A_confidence_sequence_is_the_mixture_sprt_turned_round()
    {
        const double variance = 0.0004, scale = 0.05, level = 0.05;
        var half = ConfidenceSequence.HalfWidth(variance, scale, level);
        // The mixture likelihood ratio (Johari et al. 2017, equation 12) is just 1/level on the edge.
        var (v, t) = (variance, scale * scale);
        var ratio = Math.Sqrt(v / (v + t)) * Math.Exp(t * half * half / (2 * v * (v + t)));
        Assert.Equal(1 / level, ratio, 1e-9);
        Assert.True(half > 1.96 * Math.Sqrt(variance));
    }

    [Theory]
    [InlineData(0, 0.05, 0.05)]
    [InlineData(1, 0, 0.05)]
    [InlineData(1, 0.05, 1)]
    public void A_confidence_sequence_needs_a_variance_a_scale_and_a_level(
        double variance,
        double scale,
        double level
    ) => Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceSequence.HalfWidth(variance, scale, level));

    [Fact]
    public void The_bayes_factor_of_a_sample_ratio_is_that_of_beta_functions()
    {
        // Two equal shares with the prior Beta(1, 1): B(1 + a, 1 + b) / 0.5^n.
        var factor = SampleRatioTest.LogBayesFactor([7, 3], [1, 1]);
        Assert.Equal(Math.Log(1 / 1320d * 1024), factor, 1e-10);
        Assert.False(SampleRatioTest.IsSkewed([5_050, 4_950], [0.5, 0.5]));
        Assert.True(SampleRatioTest.IsSkewed([5_300, 4_700], [0.5, 0.5]));
        Assert.False(SampleRatioTest.IsSkewed([9_000, 1_000], [0.9, 0.1]));
        Assert.Throws<ArgumentException>(() => SampleRatioTest.LogBayesFactor([1, 2], [1, 0]));
        Assert.Throws<ArgumentException>(() => SampleRatioTest.LogBayesFactor([1], [1]));
    }

    [Fact]
    public void The_planned_lift_and_the_planned_users_belong_together()
    {
        var measured = Clickers(10_000, every: 25);
        var users = SampleSize.UsersFor(measured, 0.05, 0.5, 0.5, 0.05, 0.8)!.Value;
        Assert.Equal(0.05, SampleSize.LiftFor(measured, users, 0.5, 0.5, 0.05, 0.8)!.Value, 1e-6);
        // A look at one time alone needs (z + z)² = 7.85 standard errors squared; looking at all times costs more.
        var single = 24 * 4 * 7.849 / Math.Pow(Math.Log(1.05), 2);
        Assert.InRange(users, 1.5 * single, 2.5 * single);
        Assert.True(SampleSize.UsersFor(measured, 0.05, 0.9, 0.1, 0.05, 0.8) > 2 * users);
        Assert.Null(SampleSize.UsersFor(default, 0.05, 0.5, 0.5, 0.05, 0.8));
    }

    [Fact]
    public void A_lift_has_an_interval_only_once_there_are_enough_users_and_events()
    {
        Assert.Null(Lift.Of(Clickers(99, 2), Clickers(99, 2), 0.05, 0.05));
        Assert.Null(Lift.Of(Clickers(1000, 50), Clickers(1000, 50), 0.05, 0.05));
        var lift = Lift.Of(Clickers(40_000, 4), Clickers(40_000, 3), 0.05, 0.05)!.Value;
        Assert.Equal(1 / 3d, lift.Value, 1e-3);
        Assert.True(lift.IsGain);
        Assert.True(lift.Interval.Contains(1 / 3d));
        Assert.True(Lift.Of(Clickers(40_000, 3), Clickers(40_000, 4), 0.05, 0.05)!.Value.IsLoss);
    }

    private static RatioMoments Clickers(int users, int every)
    {
        RatioMoments moments = default;
        for (var i = 0; i < users; i++)
            moments = moments.With(i % every == 0 ? 1 : 0, 1);
        return moments;
    }
}
