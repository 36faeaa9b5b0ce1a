using FsCheck.Fluent;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Models;

namespace Recommendation.Domain.Tests.Batches;

public sealed class BatchRunTests
{
    private static readonly BatchRun s_started = BatchRun.Start(
        BatchRunId.Parse("run-1"),
        Some.Noon.AddTicks(12_345),
        TimeSpan.FromDays(30)
    );
    private static readonly BatchRun s_planned = s_started.Planned(2, 3000, ModelVersion.Parse("m1"));

    [Fact]
    public void A_run_starts_by_planning_with_the_cutoff_counted_from_its_start()
    {
        Assert.Equal(BatchState.Planning, s_started.State);
        Assert.Equal(Some.Noon.AddMilliseconds(1), s_started.StartedAt);
        Assert.Equal(Some.Noon.AddDays(-30).AddMilliseconds(1), s_started.Cutoff);
        Assert.Equal(1, s_started.Attempt);
        Assert.Null(s_started.FinishedAt);
    }

    [Fact]
    public void The_date_of_the_results_is_the_day_of_the_start_in_utc_however_long_it_takes()
    {
        var run = BatchRun.Start(
            BatchRunId.Parse("r"),
            new DateTimeOffset(2026, 3, 1, 22, 0, 0, TimeSpan.FromHours(-5)),
            TimeSpan.FromDays(30)
        );

        Assert.Equal(new DateOnly(2026, 3, 2), run.Date);
        Assert.Equal(new DateOnly(2026, 3, 2), run.Planned(0, 0, null).Complete([], Some.Noon.AddDays(9)).Date);
    }

    [Fact]
    public void Planning_freezes_users_and_pins_the_model()
    {
        Assert.Equal(BatchState.Ranking, s_planned.State);
        Assert.Equal((2, 3000), (s_planned.Segments, s_planned.Users));
        Assert.Equal(ModelVersion.Parse("m1"), s_planned.ModelVersion);
    }

    [Fact]
    public void Completing_adds_up_the_segments()
    {
        var done = s_planned.Complete(
            [
                new(1, new(900, 50, 40, 10), 95_000, "The endpoint answered 503."),
                new(0, new(2000, 0, 0, 0), 200_000, null),
            ],
            Some.Noon.AddHours(1)
        );

        Assert.Equal(BatchState.Completed, done.State);
        Assert.Equal(new BatchCounts(2900, 50, 40, 10), done.Counts);
        Assert.Equal(295_000, done.Recommendations);
        Assert.Equal(Some.Noon.AddHours(1), done.FinishedAt);
        Assert.Equal("The endpoint answered 503.", done.Note);
    }

    [Fact]
    public void Users_of_a_segment_without_a_result_are_failed_and_said_to_be()
    {
        var done = s_planned.Complete([new(0, new(2000, 0, 0, 0), 200_000, null)], Some.Noon);

        Assert.Equal(new BatchCounts(2000, 0, 1000, 0), done.Counts);
        Assert.Equal("1000 users are in segments without a result.", done.Note);
    }

    [Fact]
    public void The_note_is_the_first_failure_by_segment_and_null_where_all_went_well()
    {
        SegmentResult[] failing = [new(1, new(0, 0, 1000, 0), 0, "second"), new(0, new(0, 0, 2000, 0), 0, "first")];

        Assert.Equal("first", s_planned.Complete(failing, Some.Noon).Note);
        Assert.Null(
            s_planned
                .Complete([new(0, new(2000, 0, 0, 0), 0, null), new(1, new(0, 0, 0, 1000), 0, null)], Some.Noon)
                .Note
        );
    }

    [Fact]
    public void A_run_without_active_users_completes_with_nothing() =>
        Assert.Equal(default, s_started.Planned(0, 0, null).Complete([], Some.Noon).Counts);

    [Fact]
    public void More_users_than_were_frozen_break_the_contract() =>
        Assert.Throws<InvalidOperationException>(() =>
            s_planned.Complete([new(0, new(3001, 0, 0, 0), 0, null)], Some.Noon)
        );

    [Fact]
    public void A_segment_counted_twice_would_hide_one_that_is_missing_and_breaks_the_contract()
    {
        var segment = new SegmentResult(0, new(1000, 0, 0, 0), 0, null);

        Assert.Throws<InvalidOperationException>(() => s_planned.Complete([segment, segment], Some.Noon));
    }

    [Fact]
    public void Whatever_segments_have_a_result_every_active_user_is_accounted_for()
    {
        var outcome = Gen.Choose(0, 500).ArrayOf(4).Select(n => new BatchCounts(n[0], n[1], n[2], n[3]));
        var runs = from count in Gen.Choose(0, 12)
                   from all in outcome.ArrayOf(count)
                   from present in Gen.Choose(0, 1).ArrayOf(count)
                   from order in Gen.Shuffle(Enumerable.Range(0, count).Where(i => present[i] == 1).ToArray())
                   select (All: all, Present: order);

        Always.Holds(runs, run =>
        {
            var users = run.All.Sum(counts => counts.Active);
            var results = run.Present.Select(i => new SegmentResult(i, run.All[i], i, null)).ToArray();

            var done = s_started.Planned(run.All.Length, users, null).Complete(results, Some.Noon);

            Assert.Equal(users, done.Counts.Active);
            Assert.Equal(users, done.Counts.Ranked + done.Counts.Fallback + done.Counts.Failed + done.Counts.Skipped);
            Assert.Equal(run.Present.Sum(i => run.All[i].Ranked), done.Counts.Ranked);
            Assert.Equal(run.Present.Sum(i => run.All[i].Fallback), done.Counts.Fallback);
            Assert.Equal(run.Present.Sum(i => run.All[i].Skipped), done.Counts.Skipped);
        });
    }

    [Fact]
    public void A_cancelled_run_can_be_resumed_where_it_was()
    {
        var cancelled = s_planned.Cancel(Some.Noon);
        Assert.Equal((BatchState.Cancelled, Some.Noon), (cancelled.State, cancelled.FinishedAt));

        var resumed = cancelled.Resume();

        Assert.Equal((BatchState.Ranking, 2), (resumed.State, resumed.Attempt));
        Assert.Null(resumed.FinishedAt);
        Assert.Equal(s_planned with { Attempt = 2 }, resumed);
        Assert.Equal(BatchState.Planning, s_started.Cancel(Some.Noon).Resume().State);
        Assert.Equal(3, resumed.Resume().Attempt);
    }

    [Fact]
    public void A_skipped_run_says_why()
    {
        var skipped = s_started.Skip("run-0 is still going.");

        Assert.Equal((BatchState.Skipped, "run-0 is still going."), (skipped.State, skipped.Note));
        Assert.Equal(skipped.StartedAt, skipped.FinishedAt);
    }
}
