using Recommendation.Domain.Batches;

namespace Recommendation.Domain.Tests.Batches;

public sealed class BatchRunIdTests
{
    [Fact]
    public void The_nightly_run_of_a_day_has_one_name() =>
        Assert.Equal("scheduled-2026-03-01", BatchRunId.Scheduled(new DateOnly(2026, 3, 1)).Value);

    [Fact]
    public void A_manual_run_is_named_by_its_moment_in_utc()
    {
        Assert.Equal("manual-20260301T120000000", BatchRunId.Manual(Some.Noon).Value);
        Assert.Equal(BatchRunId.Manual(Some.Noon), BatchRunId.Manual(Some.Noon.ToOffset(TimeSpan.FromHours(3))));
        Assert.NotEqual(BatchRunId.Manual(Some.Noon), BatchRunId.Manual(Some.Noon.AddMilliseconds(1)));
    }

    [Fact]
    public void Names_that_are_made_here_obey_the_rule_for_names()
    {
        Assert.Equal(BatchRunId.Manual(Some.Noon), BatchRunId.Parse(BatchRunId.Manual(Some.Noon).Value));
        Assert.Equal(BatchRunId.Scheduled(DateOnly.MaxValue), BatchRunId.Parse("scheduled-9999-12-31"));
    }

    [Fact]
    public void Runs_of_a_kind_sort_by_time() =>
        Assert.True(
            BatchRunId.Scheduled(new DateOnly(2026, 9, 30)).CompareTo(BatchRunId.Scheduled(new DateOnly(2026, 10, 1)))
                < 0
        );
}
