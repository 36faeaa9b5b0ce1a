using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Modeling.Tests.Trainers;

public class SharpeningTests
{
    private static readonly ItemWeights s_weights = new([0, 2, 3, 3], [1, 2, 0], [(Half)4, (Half)2, (Half)8], 8);

    [Fact]
    public void A_sharper_row_keeps_its_greatest_weight_and_lowers_the_others()
    {
        var sharp = Sharpening.Of(s_weights, sharpness: 2, rowNormExponent: 0, threads: 1);

        Assert.Equal([0.5, 0.125], Row(sharp, 0), new Close());
        Assert.Equal([1], Row(sharp, 1), new Close());
        Assert.Empty(Row(sharp, 2));
    }

    [Fact]
    public void An_even_row_is_divided_by_a_power_of_its_norm()
    {
        var even = Sharpening.Of(s_weights, sharpness: 1, rowNormExponent: 0.5, threads: 2);

        var norm = Math.Sqrt((0.5 * 0.5) + (0.25 * 0.25));
        Assert.Equal([0.5 / Math.Sqrt(norm), 0.25 / Math.Sqrt(norm)], Row(even, 0), new Close());
        Assert.Same(s_weights, Sharpening.Of(s_weights, 1, 0, 1));
    }

    private static double[] Row(ItemWeights weights, int item) =>
        [.. weights.ValuesOf(item).ToArray().Select(value => (double)value / weights.Scale)];

    private sealed class Close : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-3;

        public int GetHashCode(double value) => 0;
    }
}
