using Recommendation.Modeling.Numerics;

namespace Recommendation.Modeling.Tests.Numerics;

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
        var selector = new TopSelector();
        selector.Reset(5, floor: 0);
        sums.OfferTo(selector);

        Assert.Equal([66, 0], selector.Best().ToArray().Select(TopSelector.IndexOf));
        Assert.Equal(20, sums[66]);
    }
}
