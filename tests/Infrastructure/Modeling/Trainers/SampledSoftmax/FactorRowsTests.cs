using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.SampledSoftmax;

namespace Recommendation.Modeling.Tests.Trainers.SampledSoftmax;

public sealed class FactorRowsTests
{
    private readonly ItemFactors _factors = FactorSome.Train(threads: 2);

    [Fact]
    public void Rows_are_those_of_the_sum_and_empty_ones_stay_empty()
    {
        var all = FactorSome.Weights();
        int[] some = [.. Enumerable.Range(0, 70)];
        var weights = new ItemWeights(all.Offsets[..71], all.Columns, all.Values, all.Scale).Among(some, all.Items);
        var rows = new FactorRows(_factors, 500, 2);
        var size = rows.Size(weights, CancellationToken.None);
        Assert.True(size > 0);

        foreach (var share in new[] { 0.5, 1 })
        {
            var added = rows.Add(weights, share, _ => { }, CancellationToken.None);
            foreach (var item in some.Where(item => !weights.ValuesOf(item).IsEmpty))
            {
                for (var other = 0; other < all.Items; other++)
                {
                    var sum =
                        other == item
                            ? 0
                            : FactorSome.Value(weights, item, other)
                                + (share * size * FactorSome.Product(_factors, item, other));
                    Assert.Equal(Math.Max(0, sum), FactorSome.Value(added, item, other), 2e-3);
                }
            }
            for (var item = 70; item < all.Items; item++)
                Assert.True(added.ValuesOf(item).IsEmpty);
        }
    }

    [Fact]
    public void Only_the_greatest_of_a_row_are_kept_less_half_of_the_least()
    {
        const int kept = 7;
        var weights = FactorSome.Weights();
        var whole = new FactorRows(_factors, 500, 2).Add(weights, 1, _ => { }, CancellationToken.None);
        var cut = new FactorRows(_factors, kept, 2).Add(weights, 1, _ => { }, CancellationToken.None);
        for (var item = 0; item < weights.Items; item++)
        {
            var greatest = Values(whole, item)[..kept];
            var expected = Array.ConvertAll(greatest, value => value - (greatest[^1] / 2));
            var found = Values(cut, item);
            Assert.Equal(kept, found.Length);
            for (var place = 0; place < kept; place++)
                Assert.Equal(expected[place], found[place], 2e-3);
        }
    }

    [Fact]
    public void Rows_of_both_signs_keep_the_largest_by_magnitude_and_shrink_towards_zero()
    {
        const int kept = 7;
        var positive = FactorSome.Weights();
        // Every other entry is below 0, as entries of EASE may be.
        var weights = positive with
        {
            Values = [.. positive.Values.Select((value, at) => at % 2 == 0 ? value : -value)],
        };
        var whole = new FactorRows(_factors, 500, 2, RowSigns.Both).Add(weights, 0.5, _ => { }, CancellationToken.None);
        var cut = new FactorRows(_factors, kept, 2, RowSigns.Both).Add(weights, 0.5, _ => { }, CancellationToken.None);
        var negative = 0;
        for (var item = 0; item < weights.Items; item++)
        {
            double[] largest = [.. Values(whole, item).OrderByDescending(Math.Abs).Take(kept)];
            var less = Math.Abs(largest[^1]) / 2;
            double[] expected = [.. largest.Select(value => value - Math.CopySign(less, value)).OrderDescending()];
            var found = Values(cut, item);
            Assert.Equal(kept, found.Length);
            for (var place = 0; place < kept; place++)
                Assert.Equal(expected[place], found[place], 2e-3);
            negative += found.Count(value => value < 0);
        }
        Assert.True(negative > 0);
    }

    [Fact]
    public void Sizes_do_not_depend_on_how_long_the_vectors_are()
    {
        var longer = new ItemFactors(
            Array.ConvertAll(_factors.Sources, plane => Array.ConvertAll(plane, value => 3 * value)),
            _factors.Targets
        );
        var weights = FactorSome.Weights();
        var (one, other) = (
            new FactorRows(_factors, 500, 2).Size(weights, CancellationToken.None),
            new FactorRows(longer, 500, 2).Size(weights, CancellationToken.None)
        );
        Assert.Equal(one, 3 * other, one * 1e-5);
    }

    private static double[] Values(ItemWeights weights, int item) =>
        [.. weights.ValuesOf(item).ToArray().Select(value => (double)value / weights.Scale).OrderDescending()];
}
