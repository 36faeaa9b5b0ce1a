using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Tests.Linear;

public class AccumulatorTests
{
    [Fact]
    public void Sums_of_sparse_rows_are_those_of_dense_ones_and_clearing_leaves_nothing()
    {
        var sums = new Accumulator(1000);
        var expected = new float[1000];
        var random = new Random(3);
        for (var row = 0; row < 20; row++)
        {
            var columns = Enumerable.Range(0, 1000).Where(_ => random.Next(50) == 0).ToArray();
            var values = columns.Select(_ => random.NextSingle()).ToArray();
            sums.Add(columns, values, 2);
            for (var i = 0; i < columns.Length; i++)
                expected[columns[i]] += 2 * values[i];
        }

        Assert.Equal(expected, sums.Values.ToArray());
        sums.Clear();
        Assert.All(sums.Values.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void The_last_columns_of_a_catalogue_that_fills_no_whole_block_are_offered_and_scaled()
    {
        var sums = new Accumulator(67);
        sums.Add([0, 66], [1, 2], 1);
        sums.Scale([.. Enumerable.Repeat(10f, 67)]);
        var selector = new TopK();
        selector.Reset(5, floor: 0);
        sums.OfferTo(selector);

        Assert.Equal([66, 0], selector.Best().ToArray().Select(TopK.IndexOf));
        Assert.Equal(20, sums[66]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(32)]
    public void As_many_sums_as_asked_for_reach_the_bound_and_few_more(int count)
    {
        var random = new Random(count);
        float[] values = [.. Enumerable.Range(0, 5_000).Select(_ => random.NextSingle() - 0.2f)];
        var sums = new Accumulator(values.Length);
        sums.Add([.. Enumerable.Range(0, values.Length)], values, 1);

        var reached = values.Count(value => value >= sums.ReachedBy(count));

        Assert.InRange(reached, count, 3 * count);
    }

    [Fact]
    public void No_bound_is_given_for_more_than_half_of_the_groups_or_for_more_than_the_positive_sums()
    {
        var sums = new Accumulator(300);
        sums.Add([5, 70, 200], [1, 2, -3], 1);

        Assert.Equal(2, sums.ReachedBy(1));
        Assert.Equal((0, 0, 0), (sums.ReachedBy(3), sums.ReachedBy(33), sums.ReachedBy(0)));
    }

    [Fact]
    public void Equal_sums_at_the_bound_are_all_offered()
    {
        var sums = new Accumulator(640);
        sums.Add([.. Enumerable.Range(0, 640)], [.. Enumerable.Repeat(0.25f, 640)], 1);
        var selector = new TopK();
        selector.Reset(10, floor: MathF.BitDecrement(sums.ReachedBy(10)));
        sums.OfferTo(selector);

        Assert.Equal(Enumerable.Range(0, 10), selector.Best().ToArray().Select(TopK.IndexOf));
    }
}
