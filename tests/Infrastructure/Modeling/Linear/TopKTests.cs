using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Tests.Linear;

public class TopKTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(1000, 7)]
    [InlineData(5000, 500)]
    [InlineData(100, 1000)]
    public void The_greatest_values_come_in_order_and_ties_go_to_the_lower_index(int count, int limit)
    {
        var random = new Random(count);
        var values = Enumerable.Range(0, count).Select(_ => (float)random.Next(-20, 20)).ToArray();
        var selector = new TopK();
        selector.Reset(limit, float.NegativeInfinity);
        for (var i = 0; i < count; i++)
            selector.Offer(values[i], i);

        var expected = values
            .Select((value, index) => (value, index))
            .OrderByDescending(one => one.value)
            .ThenBy(one => one.index)
            .Take(limit);
        var best = selector.Best().ToArray().Select(key => (TopK.ValueOf(key), TopK.IndexOf(key)));
        Assert.Equal(expected, best);
    }

    [Fact]
    public void Values_at_or_below_the_floor_are_left_out()
    {
        var selector = new TopK();
        selector.Reset(10, floor: 0);
        selector.Offer(0, 0);
        selector.Offer(-1, 1);
        selector.Offer(float.NaN, 2);
        selector.Offer(1e-30f, 3);

        Assert.Equal([3], selector.Best().ToArray().Select(TopK.IndexOf));
    }

    [Fact]
    public void A_copy_by_index_holds_the_same_values_in_the_order_of_their_indices()
    {
        var selector = new TopK();
        selector.Reset(3, floor: float.NegativeInfinity);
        float[] values = [5, -2, 9, 7, -1];
        for (var i = 0; i < values.Length; i++)
            selector.Offer(values[i], i);
        var indices = new int[3];
        var copied = new float[3];

        Assert.Equal(3, selector.CopyByIndex(indices, copied));
        Assert.Equal([0, 2, 3], indices);
        Assert.Equal([5, 9, 7], copied);
    }
}
