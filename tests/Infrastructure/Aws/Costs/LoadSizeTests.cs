using Recommendation.Aws.Costs;

namespace Recommendation.Aws.Tests.Costs;

/// <summary>A test for each formula of docs/sizing.md, with a load that is easy to calculate by hand.</summary>
public sealed class LoadSizeTests
{
    private static readonly LoadSize s_size = new(new MeasuredSizes());

    /// <summary>1,000 events a second on average, 3,000 at the peak.</summary>
    private static readonly Workload s_load = new("load", 86_400_000) { Users = 28_800_000 };

    [Fact]
    public void The_stream_takes_a_thousand_records_a_second_and_shard_with_a_fifth_to_spare()
    {
        var part = Part("stream");
        Assert.Equal((3_000, 500_000), (part.Needed, part.Limit));
        Assert.Equal(4, LoadSize.ShardsOf(s_load)); // 3,000 / 800
        Assert.Equal(38, LoadSize.ShardsOf(s_load with { EventsPerDay = 864_000_000 })); // 30,000 / 800
    }

    [Fact]
    public void Functions_at_once_are_the_time_of_events_and_requests_at_the_peak()
    {
        // An event takes .25 ms and a hundredth of 15 ms; a list of 20 ms is asked for by every second event.
        var part = Part("functions");
        Assert.Equal((3_000 * 0.0004) + (1_500 * 0.02), part.Needed, 6);
        Assert.Equal(1_000, part.Limit);
        Assert.Equal(1, s_size.ParallelizationOf(s_load));
        Assert.Equal(
            10, new LoadSize(new MeasuredSizes { EventMilliseconds = 50 }).ParallelizationOf(s_load));
    }

    [Fact]
    public void The_table_writes_a_profile_of_three_kilobytes_for_each_event()
    {
        var part = Part("table");
        Assert.Equal((9_000, 40_000), (part.Needed, part.Limit));
        Assert.Equal(333, s_size.EventsOfOneUser);
    }

    [Fact]
    public void Each_key_of_the_index_takes_a_thousand_writes_a_second()
    {
        var part = Part("index");
        Assert.Equal((3_000, 16 * 16 * 1_000), (part.Needed, part.Limit));
        Assert.Equal(16, LoadSize.IndexKeysOf(s_load));
        Assert.Equal(32, LoadSize.IndexKeysOf(s_load with { EventsPerDay = 86_400_000L * 5 })); // 15,000 / 16 > 800
        Assert.Equal(256, LoadSize.IndexKeysOf(s_load with { EventsPerDay = 86_400_000L * 1_000 }));
    }

    [Fact]
    public void The_nightly_run_ranks_all_users_within_two_hours()
    {
        // 2,000 users a second and processor, two processors, 7,200 seconds: 28.8 million users.
        Assert.Equal((1, 10_000), (Part("batch").Needed, Part("batch").Limit));
        Assert.Equal(14_400, LoadSize.SegmentsOf(s_load));
    }

    [Fact]
    public void A_training_holds_the_interactions_of_a_month()
    {
        var part = Part("training");
        Assert.Equal(86_400_000d * 30 * 190, part.Needed);
        Assert.Equal(10_240d * 1024 * 1024 * 0.9, part.Limit, 0.5);
    }

    [Fact]
    public void The_cost_counts_the_stated_users_instead_of_those_that_follow_from_the_events()
    {
        var calculator = new CostCalculator(new MeasuredSizes());
        Assert.True(
            calculator.Estimate(s_load).Dollars < calculator.Estimate(s_load with { Users = 288_000_000 }).Dollars);
        Assert.Equal(
            calculator.Estimate(s_load with { Users = null }).Dollars,
            calculator.Estimate(s_load with { Users = 43_200_000 }).Dollars);
    }

    [Fact]
    public void A_share_above_one_is_beyond_the_limit()
    {
        Assert.Equal(0.225, Part("table").Share, 6);
        Assert.Equal(1 / 0.225, Part("table").Growth, 6);
        Assert.True(Part("training").Share > 1);
    }

    private static SizedPart Part(string name) => s_size.PartsOf(s_load).Single(part => part.Name == name);
}
