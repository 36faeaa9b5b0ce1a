using FluentValidation;
using Recommendation.Application.Batches;
using Recommendation.Application.Ports;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Batches;

/// <summary>Steps that stop before a time, and go on when they are asked again.</summary>
public sealed class InterruptedBatchTests : IAsyncLifetime
{
    private readonly World _world = World.Open(options => options.SegmentSize = 1_000);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task A_plan_whose_time_is_up_goes_on_with_the_next_bucket_and_freezes_everybody_once()
    {
        var users = await _world.GivenActiveAsync(60);
        var run = await PlanAsync();
        var asked = 1;
        for (; run.State == BatchState.Planning; asked++)
            run = await PlanAsync(run.Owner);

        Assert.Equal((16, BatchState.Ranking, 1, 60), (asked, run.State, run.Attempt, run.Users));
        Assert.Equal(users, _world.Segments.Frozen.Values.SelectMany(segment => segment).Order());
        Assert.Equal(run.Segments, _world.Segments.Frozen.Count);
        Assert.Equal(run, await _world.RunAsync());
    }

    [Fact]
    public async Task A_part_of_a_plan_that_is_asked_for_twice_freezes_the_same()
    {
        var users = await _world.GivenActiveAsync(60);
        var first = await PlanAsync("execution-1");
        await PlanAsync("execution-1");
        // its answer was lost, and so was its record
        await _world.Runs.SaveAsync(first, await _world.RunAsync(), default);
        var run = await _world.SendAsync(new PlanBatch(Some.Run) { Owner = "execution-1" });

        Assert.Equal((BatchState.Ranking, 1, 60), (run.State, run.Attempt, run.Users));
        Assert.Equal(
            users,
            Enumerable.Range(0, run.Segments).SelectMany(segment => _world.Segments.Frozen[segment]).Order()
        );
    }

    [Fact]
    public async Task A_plan_that_was_left_half_done_begins_anew_when_the_run_is_resumed()
    {
        await _world.GivenActiveAsync(60);
        await PlanAsync();
        _world.Time.Advance(TimeSpan.FromMinutes(21));

        var run = await _world.SendAsync(new PlanBatch(Some.Run));
        Assert.Equal((BatchState.Ranking, 2, 60), (run.State, run.Attempt, run.Users));
    }

    [Fact]
    public async Task A_segment_whose_time_is_up_goes_on_after_the_users_that_are_done()
    {
        await _world.GivenActiveAsync(950);
        await _world.SendAsync(new PlanBatch(Some.Run));
        SegmentResult? result = null;
        var asked = 0;
        do
        {
            result = await _world.SendAsync(
                new GenerateRecommendations(Some.Run, 0) { Progress = result, Deadline = _world.Time.GetUtcNow() }
            );
            asked++;
        }
        while (result.IsPartial);

        // One more for the file of the lists, since some were made by the calls before.
        Assert.Equal((6, new BatchCounts(950, 0, 0, 0)), (asked, result.Counts));
        Assert.Equal(5, _world.Ranker.Requests.Count);
        Assert.Equal([result], await _world.Segments.ResultsAsync(Some.Run, default));
        Assert.Equal(950, (await _world.SendAsync(new CompleteBatch(Some.Run))).Counts.Ranked);
    }

    [Fact]
    public async Task A_part_of_another_segment_is_refused()
    {
        await _world.GivenActiveAsync(3);
        await _world.SendAsync(new PlanBatch(Some.Run));
        var other = new SegmentResult(1, new BatchCounts(1, 0, 0, 0), 5, null) { IsPartial = true };
        await Assert.ThrowsAsync<ValidationException>(() =>
            _world.SendAsync(new GenerateRecommendations(Some.Run, 0) { Progress = other })
        );
    }

    [Fact]
    public async Task Given_users_are_frozen_once_each_and_ranked_as_far_as_they_are_active()
    {
        var users = await _world.GivenActiveAsync(5);

        var run = await _world.SendAsync(
            new PlanBatch(Some.Run, Users: [users[0], users[3], users[0], UserId.Parse("nobody")])
        );
        Assert.Equal((3, 1), (run.Users, run.Segments));
        await _world.SendAsync(new GenerateRecommendations(Some.Run, 0));
        Assert.Equal(new BatchCounts(2, 0, 0, 1), (await _world.SendAsync(new CompleteBatch(Some.Run))).Counts);
    }

    [Fact]
    public async Task A_run_of_given_users_that_ended_before_they_were_written_down_does_not_turn_to_all_users()
    {
        await _world.GivenActiveAsync(5);
        _world.Segments.Freezing = () => Fault.Throw(Fault.StoreDown);
        await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            _world.SendAsync(new PlanBatch(Some.Run, Users: [UserId.Parse("user-1")]))
        );
        _world.Segments.Freezing = null;

        var problem = await Assert.ThrowsAsync<RefusedException>(() => _world.SendAsync(new PlanBatch(Some.Run)));
        Assert.Contains("give them again", problem.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await _world.SendAsync(new PlanBatch(Some.Run, Users: [UserId.Parse("user-1")]))).Users);
    }

    [Fact]
    public async Task A_scheduled_run_that_is_completed_is_answered_when_the_schedule_fires_again()
    {
        await _world.GivenActiveAsync(5);
        var run = await _world.SendAsync(new RunBatch(Some.Run, SkipIfBusy: true));
        Assert.Equal(run, await _world.SendAsync(new RunBatch(Some.Run, SkipIfBusy: true)));
        Assert.Single(_world.Segments.Published);
    }

    [Fact]
    public async Task A_cancellation_that_comes_while_the_results_are_published_does_not_undo_the_completion()
    {
        await _world.GivenActiveAsync(5);
        _world.Segments.Publishing = () => _world.SendAsync(new CancelBatch(Some.Run));
        Assert.Equal(BatchState.Completed, (await _world.SendAsync(new RunBatch(Some.Run))).State);
        Assert.Equal(
            (BatchState.Completed, 5),
            ((await _world.RunAsync())!.State, (await _world.RunAsync())!.Counts.Ranked)
        );
        await Assert.ThrowsAsync<RefusedException>(() => _world.SendAsync(new CancelBatch(Some.Run)));
    }

    private Task<BatchRun> PlanAsync(string? owner = null) =>
        _world.SendAsync(new PlanBatch(Some.Run) { Owner = owner, Deadline = _world.Time.GetUtcNow() });
}
