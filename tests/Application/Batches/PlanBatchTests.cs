using Recommendation.Application.Batches;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Batches;

namespace Recommendation.Application.Tests.Batches;

/// <summary>Planning freezes who is active and what model ranks them.</summary>
public sealed class PlanBatchTests : InWorld
{
    private static readonly BatchRunId s_other = BatchRunId.Parse("run-2");

    [Fact]
    public async Task Active_users_are_frozen_in_distinct_segments_of_at_most_2000()
    {
        var users = await World.GivenActiveAsync(4500);

        var run = await World.SendAsync(new PlanBatch(Some.Run));

        Assert.Equal((BatchState.Ranking, 3, 4500, Some.Model), (run.State, run.Segments, run.Users, run.ModelVersion));
        Assert.Equal([2000, 2000, 500], World.Segments.Frozen.Values.Select(segment => segment.Length));
        Assert.Equal(users, World.Segments.Frozen.Values.SelectMany(segment => segment).Order());
        Assert.Equal(run, await World.RunAsync());
    }

    [Fact]
    public async Task Only_users_of_the_last_30_days_are_frozen()
    {
        await World.SendAsync(
            new UpdateProfiles(
                [
                    Some.Interaction(1, Some.Ann, at: Some.Noon.AddDays(-30)),
                    Some.Interaction(2, Some.Bob, at: Some.Noon.AddDays(-31)),
                ],
                []
            )
        );

        var run = await World.SendAsync(new PlanBatch(Some.Run));

        Assert.Equal(Some.Noon.AddDays(-30), run.Cutoff);
        Assert.Equal([Some.Ann], World.Segments.Frozen[0]);
    }

    [Fact]
    public async Task A_user_who_becomes_active_meanwhile_is_neither_missed_nor_frozen_twice()
    {
        var users = await World.GivenActiveAsync(30);
        // Each move to the next day while the index is read lists the user there as well.
        await using var world = new World(
            options => options.SegmentSize = 5,
            services => Moving.Register(services, World.Profiles)
        );

        var run = await world.SendAsync(new PlanBatch(Some.Run));

        Assert.Equal((30, 6), (run.Users, run.Segments));
        Assert.Equal(users, world.Segments.Frozen.Values.SelectMany(segment => segment).Order());
    }

    [Fact]
    public async Task Nobody_active_is_a_run_without_segments()
    {
        var run = await World.SendAsync(new PlanBatch(Some.Run));

        Assert.Equal((BatchState.Ranking, 0, 0), (run.State, run.Segments, run.Users));
    }

    [Fact]
    public async Task A_completed_run_is_refused()
    {
        await World.SendAsync(new RunBatch(Some.Run));

        var problem = await Assert.ThrowsAsync<RefusedException>(() => World.SendAsync(new PlanBatch(Some.Run)));

        Assert.Contains("completed", problem.Message, StringComparison.Ordinal);
        Assert.Equal(BatchState.Completed, (await World.RunAsync())!.State);
    }

    [Theory]
    [InlineData("run-1", false)]
    [InlineData("run-1", true)]
    [InlineData("run-2", false)]
    public async Task While_a_run_is_going_it_and_any_other_are_refused(string id, bool skipIfBusy)
    {
        var going = await World.SendAsync(new PlanBatch(Some.Run));

        var problem = await Assert.ThrowsAsync<RefusedException>(() =>
            World.SendAsync(new PlanBatch(BatchRunId.Parse(id), skipIfBusy))
        );

        Assert.Contains("run-1 is still going", problem.Message, StringComparison.Ordinal);
        Assert.Equal(going, await World.RunAsync());
        Assert.Null(await World.RunAsync(s_other));
    }

    [Fact]
    public async Task A_scheduled_run_that_finds_another_going_is_recorded_as_skipped_and_can_be_started_later()
    {
        await World.SendAsync(new PlanBatch(Some.Run));

        var skipped = await World.SendAsync(new RunBatch(s_other, SkipIfBusy: true));

        Assert.Equal((BatchState.Skipped, "Run run-1 was still going."), (skipped.State, skipped.Note));
        Assert.Equal(skipped, await World.RunAsync(s_other));
        await World.SendAsync(new CompleteBatch(Some.Run));
        Assert.Equal(BatchState.Completed, (await World.SendAsync(new RunBatch(s_other))).State);
    }

    [Fact]
    public async Task A_run_whose_lease_ran_out_is_resumed_as_the_next_attempt_with_its_segments_and_model()
    {
        await World.GivenActiveAsync(3);
        var first = await World.SendAsync(new PlanBatch(Some.Run));
        await World.PointAtAsync(Domain.Models.ModelVersion.Parse("m2"));
        World.Time.Advance(TimeSpan.FromMinutes(21));

        var second = await World.SendAsync(new PlanBatch(Some.Run));

        Assert.Equal(first with { Attempt = 2, Owner = second.Owner }, second);
        Assert.NotEqual(first.Owner, second.Owner);
    }

    [Fact]
    public async Task Of_two_starts_of_a_run_at_the_same_instant_one_is_refused()
    {
        await World.GivenActiveAsync(3);
        // Both see that there is no such run yet; the lease alone can tell them apart.
        var first = await World.SendAsync(new PlanBatch(Some.Run));
        await World.Runs.SaveAsync(first with { Attempt = 0, Owner = "" }, first, default);

        var problem = await Assert.ThrowsAsync<RefusedException>(() => World.SendAsync(new PlanBatch(Some.Run)));
        Assert.Contains("still going", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_planner_that_was_overtaken_does_not_change_the_plan_of_the_next_attempt()
    {
        var users = (await World.GivenActiveAsync(3)).ToList();
        BatchRun? next = null;
        World.Segments.Freezing = async () =>
        {
            // So slow that its lease runs out; the next attempt plans fewer users.
            World.Segments.Freezing = null;
            World.Time.Advance(TimeSpan.FromMinutes(21));
            await World.SendAsync(new ForgetUser(users[0]));
            next = await World.SendAsync(new PlanBatch(Some.Run));
        };

        await World.SendAsync(new PlanBatch(Some.Run));

        Assert.Equal((BatchState.Ranking, 2, 1, 2), (next!.State, next.Attempt, next.Segments, next.Users));
        Assert.Equal(
            users.Skip(1).Order(),
            (await World.Segments.UsersAsync(Some.Run, next.FirstSegment, default)).Order()
        );
        var completed = await World.SendAsync(new CompleteBatch(Some.Run));
        Assert.Equal(2, completed.Counts.Active);
    }

    [Fact]
    public async Task A_plan_that_fails_gives_the_lease_back_and_is_made_anew()
    {
        await World.GivenActiveAsync(3);
        World.Segments.Freezing = () => Fault.Throw(Fault.StoreDown);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => World.SendAsync(new PlanBatch(Some.Run)));
        World.Segments.Freezing = null;

        var run = await World.SendAsync(new PlanBatch(Some.Run));

        Assert.Equal((BatchState.Ranking, 3, 2), (run.State, run.Users, run.Attempt));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_while_it_is_planned_stays_cancelled()
    {
        await World.GivenActiveAsync(3);
        World.Segments.Freezing = () => World.SendAsync(new CancelBatch(Some.Run));

        var run = await World.SendAsync(new RunBatch(Some.Run));

        Assert.Equal(BatchState.Cancelled, run.State);
        Assert.Empty(World.Ranker.Requests);
        World.Segments.Freezing = null;
        Assert.Equal(3, (await World.SendAsync(new RunBatch(Some.Run))).Counts.Ranked);
    }
}
