using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Models;

namespace Recommendation.Contracts;

/// <summary>What every keeper of batch runs does.</summary>
public abstract class BatchRunsContract : Contract<IBatchRuns>
{
    private static readonly DateTimeOffset s_later = Some.Noon.AddMinutes(10);

    [Fact]
    public async Task The_lease_is_granted_when_it_is_free() =>
        Assert.Equal(Lease("a"), await Port.LeaseAsync(Lease("a"), Some.Noon, None));

    [Fact]
    public async Task A_held_lease_stands_in_the_way_of_other_runs_and_other_attempts()
    {
        await Port.LeaseAsync(Lease("a"), Some.Noon, None);
        Assert.Equal(Lease("a"), await Port.LeaseAsync(Lease("b"), Some.Noon, None));
        Assert.Equal(Lease("a"), await Port.LeaseAsync(Lease("a", attempt: 2), Some.Noon, None));
        Assert.Equal(Lease("a"), await Port.LeaseAsync(Lease("b"), s_later.AddMilliseconds(-1), None));
    }

    [Fact]
    public async Task The_holder_renews_its_lease()
    {
        await Port.LeaseAsync(Lease("a"), Some.Noon, None);
        var renewed = Lease("a") with { ExpiresAt = s_later.AddHours(1) };
        Assert.Equal(renewed, await Port.LeaseAsync(renewed, Some.Noon.AddMinutes(5), None));
        Assert.Equal(renewed, await Port.LeaseAsync(Lease("b"), s_later.AddMinutes(1), None));
    }

    [Fact]
    public async Task A_lease_whose_time_has_passed_is_free_and_its_old_holder_has_lost_it()
    {
        await Port.LeaseAsync(Lease("a"), Some.Noon, None);
        var other = Lease("b") with { ExpiresAt = s_later.AddHours(1) };
        Assert.Equal(other, await Port.LeaseAsync(other, s_later, None));
        Assert.Equal(other, await Port.LeaseAsync(Lease("a") with { ExpiresAt = s_later.AddHours(2) }, s_later, None));
    }

    [Fact]
    public async Task Whoever_looks_sees_the_lease_while_somebody_holds_it()
    {
        var leases = (IBatchLeases)Port;
        Assert.Null(await leases.FindHeldAsync(Some.Noon, None));
        await Port.LeaseAsync(Lease("a"), Some.Noon, None);
        Assert.Equal(Lease("a"), await leases.FindHeldAsync(Some.Noon, None));
        Assert.Null(await leases.FindHeldAsync(s_later, None));
        Assert.Equal(Lease("a"), await leases.FindHeldAsync(Some.Noon, None));
        await Port.ReleaseAsync(Lease("a"), None);
        Assert.Null(await leases.FindHeldAsync(Some.Noon, None));
    }

    [Fact]
    public async Task A_released_lease_is_free_at_once()
    {
        await Port.LeaseAsync(Lease("a"), Some.Noon, None);
        await Port.ReleaseAsync(Lease("a"), None);
        Assert.Equal(Lease("b"), await Port.LeaseAsync(Lease("b"), Some.Noon, None));
    }

    [Fact]
    public async Task Only_its_holder_can_release_a_lease()
    {
        await Port.LeaseAsync(Lease("a"), Some.Noon, None);
        await Port.ReleaseAsync(Lease("b"), None);
        await Port.ReleaseAsync(Lease("a", attempt: 2), None);
        Assert.Equal(Lease("a"), await Port.LeaseAsync(Lease("b"), Some.Noon, None));
    }

    [Fact]
    public async Task Releasing_a_lease_that_nobody_holds_does_nothing()
    {
        await Port.ReleaseAsync(Lease("a"), None);
        Assert.Equal(Lease("a"), await Port.LeaseAsync(Lease("a"), Some.Noon, None));
    }

    [Fact]
    public async Task Of_those_who_ask_at_once_one_gets_the_lease()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => Task.Run(() => Port.LeaseAsync(Lease($"run-{i}"), Some.Noon, None)))
        );
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Two_starts_of_the_same_attempt_are_told_apart_by_their_owners()
    {
        var first = Lease("a") with { Owner = "one" };
        await Port.LeaseAsync(first, Some.Noon, None);
        Assert.Equal(first, await Port.LeaseAsync(Lease("a") with { Owner = "two" }, Some.Noon, None));
        await Port.ReleaseAsync(Lease("a") with { Owner = "two" }, None);
        Assert.Equal(first, await Port.LeaseAsync(Lease("b"), Some.Noon, None));
    }

    [Fact]
    public async Task A_run_comes_back_whole_and_a_save_replaces_it()
    {
        var run = Run("a").Planned(2, 3000, ModelVersion.Parse("v1")) with { Owner = "one" };
        await Port.SaveAsync(Run("a"), null, None);
        await Port.SaveAsync(run, Run("a"), None);
        Assert.Equal(run, await Port.FindAsync(run.Id, None));

        var completed = run.Complete(
            [new SegmentResult(0, new BatchCounts(1990, 5, 3, 2), 199_500, "One \"failed\".")],
            s_later
        );
        Assert.Equal(completed, await Port.SaveAsync(completed, run, None));
        Assert.Equal(completed, await Port.FindAsync(run.Id, None));
    }

    [Fact]
    public async Task A_save_that_replaces_another_record_than_the_stored_one_changes_nothing_and_says_what_is_stored()
    {
        var run = Run("a").Planned(1, 10, null);
        var completed = run.Complete([new SegmentResult(0, new BatchCounts(10, 0, 0, 0), 100, null)], s_later);
        await Port.SaveAsync(run, null, None);
        await Port.SaveAsync(completed, run, None);

        Assert.Equal(completed, await Port.SaveAsync(run.Cancel(s_later), run, None));
        Assert.Equal(completed, await Port.SaveAsync(Run("a"), null, None));
        Assert.Equal(completed, await Port.FindAsync(run.Id, None));
    }

    [Fact]
    public async Task Of_saves_at_once_that_replace_the_same_record_one_is_stored()
    {
        var run = Run("a");
        await Port.SaveAsync(run, null, None);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => Task.Run(() => Port.SaveAsync(run with { Note = $"{i}" }, run, None)))
        );
        Assert.Equal(await Port.FindAsync(run.Id, None), Assert.Single(answers.Distinct()));
    }

    [Theory]
    [InlineData(BatchState.Planning)]
    [InlineData(BatchState.Ranking)]
    [InlineData(BatchState.Completed)]
    [InlineData(BatchState.Cancelled)]
    [InlineData(BatchState.Skipped)]
    public async Task Every_state_comes_back(BatchState state)
    {
        await Port.SaveAsync(Run("a") with { State = state, NextBucket = 7, IsOfGivenUsers = true }, null, None);
        Assert.Equal(
            Run("a") with
            {
                State = state,
                NextBucket = 7,
                IsOfGivenUsers = true,
            },
            await Port.FindAsync(BatchRunId.Parse("a"), None)
        );
    }

    [Fact]
    public async Task There_is_no_run_that_was_not_saved()
    {
        await Port.SaveAsync(Run("a"), null, None);
        Assert.Null(await Port.FindAsync(BatchRunId.Parse("b"), None));
        Assert.Null(await Port.FindAsync(BatchRunId.Parse("A.b"), None));
    }

    [Fact]
    public async Task Runs_are_listed_newest_start_first_up_to_the_limit()
    {
        foreach (var (id, day) in new[] { ("b", 2), ("a", 3), ("c", 1) })
            await Port.SaveAsync(Run(id, Some.Noon.AddDays(day)), null, None);
        Assert.Equal(["a", "b", "c"], (await Port.ListAsync(10, None)).Select(run => run.Id.Value));
        Assert.Equal(["a", "b"], (await Port.ListAsync(2, None)).Select(run => run.Id.Value));
        Assert.Empty(await Port.ListAsync(0, None));
    }

    [Fact]
    public async Task The_lease_is_no_run()
    {
        await Port.LeaseAsync(Lease("a"), Some.Noon, None);
        Assert.Empty(await Port.ListAsync(10, None));
        Assert.Null(await Port.FindAsync(BatchRunId.Parse("a"), None));
    }

    protected static BatchLease Lease(string run, int attempt = 1) => new(BatchRunId.Parse(run), attempt, s_later);

    private static BatchRun Run(string id, DateTimeOffset? at = null) =>
        BatchRun.Start(BatchRunId.Parse(id), at ?? Some.Noon, TimeSpan.FromDays(30));
}
