using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.Tests.Trainers.GraphFilter;

public class ChebyshevFilterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void Flatness_1_is_the_graph_itself(double s) =>
        Assert.Equal(s, Value(ChebyshevFilter.Coefficients(1), s), 1e-12);

    [Theory]
    [InlineData(1.5)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_flatter_filter_rises_early_to_a_plateau_at_a_half(double flatness)
    {
        var filter = ChebyshevFilter.Coefficients(flatness);

        for (var s = 0d; s <= 1; s += 0.05)
        {
            var t = (2 * s) - 1;
            Assert.Equal(0.5 * (1 + (Math.Sign(t) * Math.Pow(Math.Abs(t), flatness))), Value(filter, s), 0.03);
        }
        Assert.True(Value(filter, 0.2) > 0.2);
        Assert.Equal(0.5, Value(filter, 0.5), 1e-12);
    }

    private static double Value(double[] coefficients, double s) =>
        coefficients.Select((coefficient, k) => coefficient * Math.Cos(k * Math.Acos((2 * s) - 1))).Sum();
}
