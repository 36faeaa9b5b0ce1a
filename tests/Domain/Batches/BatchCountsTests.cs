using FsCheck.Fluent;
using Recommendation.Domain.Batches;

namespace Recommendation.Domain.Tests.Batches;

public sealed class BatchCountsTests
{
    [Fact]
    public void Active_is_the_sum_of_all_outcomes() => Assert.Equal(1111, new BatchCounts(1, 10, 100, 1000).Active);

    [Fact]
    public void Counts_add_up_outcome_by_outcome()
    {
        Assert.Equal(new BatchCounts(11, 22, 33, 44), new BatchCounts(1, 2, 3, 4) + new BatchCounts(10, 20, 30, 40));
        Assert.Equal(new BatchCounts(1, 2, 3, 4), BatchCounts.Add(new BatchCounts(1, 2, 3, 4), default));
    }

    [Fact]
    public void Segments_can_be_added_in_any_order_and_grouping()
    {
        var counts = Gen.Choose(0, 2000).ArrayOf(4).Select(n => new BatchCounts(n[0], n[1], n[2], n[3])).ArrayOf(3);

        Always.Holds(counts, three =>
        {
            var (a, b, c) = (three[0], three[1], three[2]);
            Assert.Equal(a + b, b + a);
            Assert.Equal(a + b + c, a + (b + c));
            Assert.Equal(a.Active + b.Active + c.Active, (a + b + c).Active);
        });
    }
}
