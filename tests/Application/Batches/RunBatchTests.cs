using Recommendation.Application.Batches;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Batches;

namespace Recommendation.Application.Tests.Batches;

/// <summary>A whole run, also one that dies, is stopped, or meets another.</summary>
public sealed class RunBatchTests : IAsyncLifetime
{
    private readonly World _world = World.Open(options => options.SegmentSize = 10);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task A_run_ranks_every_active_user_publishes_and_gives_the_lease_back()
    {
        await _world.GivenActiveAsync(25);
        var progress = new List<BatchProgress>();

        var run = await _world.SendAsync(new RunBatch(Some.Run, Progress: new Reports<BatchProgress>(progress)));

        Assert.Equal(
            (BatchState.Completed, 25, new BatchCounts(25, 0, 0, 0), 125L),
            (run.State, run.Users, run.Counts, run.Recommendations)
        );
        Assert.Equal([0, 10, 20, 25], progress.Select(report => report.UsersDone));
        Assert.Equal([run], _world.Segments.Published);
        Assert.Equal(BatchState.Completed, (await _world.SendAsync(new RunBatch(BatchRunId.Parse("run-2")))).State);
    }

    [Fact]
    public async Task A_run_that_died_goes_on_after_the_segments_that_are_done()
    {
        await _world.GivenActiveAsync(25);
        _world.Segments.Recorded = segment =>
            segment == 1 ? Fault.Throw(new InvalidOperationException("Killed.")) : Task.CompletedTask;
        await Assert.ThrowsAsync<InvalidOperationException>(RunAsync);
        _world.Segments.Recorded = null;
        var before = _world.Ranker.Requests.Count;

        var run = await RunAsync();

        Assert.Equal((BatchState.Completed, 2, new BatchCounts(25, 0, 0, 0)), (run.State, run.Attempt, run.Counts));
        Assert.Equal(1, _world.Ranker.Requests.Count - before);
    }

    [Fact]
    public async Task Users_of_a_run_resumed_after_a_failure_are_counted_once()
    {
        var users = await _world.GivenActiveAsync(25);
        _world.Ranker.Failing.UnionWith(_world.Segments.Frozen.GetValueOrDefault(0, users[..3]));
        _world.Segments.Publishing = () => Fault.Throw(Fault.StoreDown);
        await Assert.ThrowsAsync<StoreUnavailableException>(RunAsync);
        Assert.Equal(BatchState.Ranking, (await _world.RunAsync())!.State);
        _world.Segments.Publishing = null;

        var run = await RunAsync();

        Assert.Equal((25, 3, 22), (run.Counts.Active, run.Counts.Failed, run.Counts.Ranked));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_run_that_somebody_cancels_stops_after_the_segment_and_can_be_resumed(int calls)
    {
        await _world.GivenActiveAsync(25);
        _world.Ranker.Before = (_, stop) =>
            _world.Ranker.Requests.Count == calls
                ? _world.SendAsync(new CancelBatch(Some.Run), stop)
                : Task.CompletedTask;

        var cancelled = await RunAsync();

        Assert.Equal((BatchState.Cancelled, calls), (cancelled.State, _world.Ranker.Requests.Count));
        Assert.Empty(_world.Segments.Published);
        var resumed = await RunAsync();
        Assert.Equal((BatchState.Completed, 2, 25), (resumed.State, resumed.Attempt, resumed.Counts.Ranked));
        Assert.Equal(3, _world.Ranker.Requests.Count);
    }

    [Fact]
    public async Task A_second_run_at_once_is_refused_and_the_first_goes_on()
    {
        await _world.GivenActiveAsync(25);
        var refused = new List<RefusedException>();
        _world.Ranker.Before = async (_, _) =>
        {
            refused.Add(await Assert.ThrowsAsync<RefusedException>(RunAsync));
            refused.Add(
                await Assert.ThrowsAsync<RefusedException>(() =>
                    _world.SendAsync(new RunBatch(BatchRunId.Parse("run-2")))
                )
            );
        };

        var run = await RunAsync();

        Assert.Equal((BatchState.Completed, 1, 25), (run.State, run.Attempt, run.Counts.Ranked));
        Assert.Equal(6, refused.Count);
    }

    [Fact]
    public async Task A_run_that_fails_gives_the_lease_back()
    {
        await _world.GivenActiveAsync(5);
        _world.Ranker.Before = (_, _) => Fault.Throw(new InvalidOperationException("A bug."));
        await Assert.ThrowsAsync<InvalidOperationException>(RunAsync);
        _world.Ranker.Before = null;

        Assert.Equal(5, (await _world.SendAsync(new RunBatch(BatchRunId.Parse("run-2")))).Counts.Ranked);
    }

    [Fact]
    public async Task A_run_that_is_stopped_from_outside_gives_the_lease_back()
    {
        await _world.GivenActiveAsync(25);
        using var stop = new CancellationTokenSource();
        _world.Segments.Recorded = _ => stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _world.SendAsync(new RunBatch(Some.Run), stop.Token)
        );
        _world.Segments.Recorded = null;

        Assert.Equal(25, (await RunAsync()).Counts.Ranked);
    }

    [Fact]
    public async Task Two_runs_of_a_day_are_both_kept_and_each_makes_the_lists_anew()
    {
        var users = await _world.GivenActiveAsync(5);
        await RunAsync();
        _world.Time.Advance(TimeSpan.FromHours(1));
        var second = await _world.SendAsync(new RunBatch(BatchRunId.Parse("run-2")));

        Assert.Equal((await _world.RunAsync())!.Date, second.Date);
        Assert.Equal([second.Id, Some.Run], (await _world.SendAsync(new ListBatches())).Runs.Select(run => run.Id));
        Assert.Equal(second.Id, (await _world.ListAsync(users[0]))!.RunId);
    }

    [Fact]
    public async Task A_run_with_nobody_active_completes_with_nothing()
    {
        var run = await RunAsync();

        Assert.Equal((BatchState.Completed, 0, 0L), (run.State, run.Counts.Active, run.Recommendations));
        Assert.Null(run.Note);
    }

    [Fact]
    public async Task One_user_with_a_full_history_is_ranked_from_all_of_it()
    {
        await _world.SendAsync(new UpdateProfiles(Some.Interactions(200, Some.Ann), []));
        await _world.PointAtAsync(Some.Model);

        var run = await RunAsync();

        Assert.Equal(new BatchCounts(1, 0, 0, 0), run.Counts);
        Assert.Equal(200, Assert.Single(Assert.Single(_world.Ranker.Requests).Users).History.Count);
    }

    private Task<BatchRun> RunAsync() => _world.SendAsync(new RunBatch(Some.Run));
}
