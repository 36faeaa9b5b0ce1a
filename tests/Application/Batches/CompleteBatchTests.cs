using Recommendation.Application.Batches;
using Recommendation.Application.Ports;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Batches;

namespace Recommendation.Application.Tests.Batches;

/// <summary>The end of a run adds up, and can be asked for again.</summary>
public sealed class CompleteBatchTests : IAsyncLifetime
{
    private readonly World _world = World.Open(options => options.SegmentSize = 10);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task Users_of_segments_without_a_result_are_failed()
    {
        await _world.GivenActiveAsync(25);
        await _world.SendAsync(new PlanBatch(Some.Run));
        await _world.SendAsync(new GenerateRecommendations(Some.Run, 1));

        var run = await CompleteAsync();

        Assert.Equal((new BatchCounts(10, 0, 15, 0), run.Users), (run.Counts, run.Counts.Active));
        Assert.Equal("15 users are in segments without a result.", run.Note);
    }

    [Fact]
    public async Task The_results_are_published_before_the_run_counts_as_completed()
    {
        await _world.SendAsync(new PlanBatch(Some.Run));
        _world.Segments.Publishing = async () => Assert.Equal(BatchState.Ranking, (await _world.RunAsync())!.State);

        await CompleteAsync();

        Assert.Equal(BatchState.Completed, Assert.Single(_world.Segments.Published).State);
    }

    [Fact]
    public async Task Results_that_can_not_be_published_leave_the_run_to_be_completed_again()
    {
        await _world.SendAsync(new PlanBatch(Some.Run));
        _world.Segments.Publishing = () => Fault.Throw(Fault.StoreDown);
        await Assert.ThrowsAsync<StoreUnavailableException>(CompleteAsync);
        _world.Segments.Publishing = null;

        Assert.Equal(BatchState.Completed, (await CompleteAsync()).State);
    }

    [Fact]
    public async Task Asked_again_it_gives_the_same_answer_and_publishes_nothing()
    {
        await _world.GivenActiveAsync(5);
        var first = await _world.SendAsync(new RunBatch(Some.Run));
        _world.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(first, await CompleteAsync());
        Assert.Single(_world.Segments.Published);
    }

    [Fact]
    public async Task It_gives_the_lease_back()
    {
        await _world.SendAsync(new PlanBatch(Some.Run));
        await CompleteAsync();

        Assert.Equal(BatchState.Ranking, (await _world.SendAsync(new PlanBatch(BatchRunId.Parse("run-2")))).State);
    }

    [Fact]
    public async Task A_cancelled_run_gives_the_lease_back_too()
    {
        await _world.SendAsync(new PlanBatch(Some.Run));
        await _world.SendAsync(new CancelBatch(Some.Run));

        Assert.Equal(BatchState.Ranking, (await _world.SendAsync(new PlanBatch(BatchRunId.Parse("run-2")))).State);
        // Cancelling again does not take the lease from the run that has it now.
        await _world.SendAsync(new CancelBatch(Some.Run));
        await Assert.ThrowsAsync<RefusedException>(() => _world.SendAsync(new PlanBatch(BatchRunId.Parse("run-3"))));
    }

    [Fact]
    public async Task An_unknown_or_cancelled_run_is_refused()
    {
        await Assert.ThrowsAsync<RefusedException>(CompleteAsync);
        await _world.SendAsync(new PlanBatch(Some.Run));
        await _world.SendAsync(new CancelBatch(Some.Run));
        await Assert.ThrowsAsync<RefusedException>(CompleteAsync);
        Assert.Empty(_world.Segments.Published);
    }

    [Fact]
    public async Task A_completed_or_unknown_run_can_not_be_cancelled_and_a_cancelled_one_stays_so()
    {
        await Assert.ThrowsAsync<RefusedException>(() => _world.SendAsync(new CancelBatch(Some.Run)));
        await _world.SendAsync(new PlanBatch(Some.Run));
        var cancelled = await _world.SendAsync(new CancelBatch(Some.Run));
        Assert.Equal(cancelled, await _world.SendAsync(new CancelBatch(Some.Run)));
        _world.Time.Advance(TimeSpan.FromHours(1));
        await _world.SendAsync(new RunBatch(Some.Run));
        await Assert.ThrowsAsync<RefusedException>(() => _world.SendAsync(new CancelBatch(Some.Run)));
        await Assert.ThrowsAsync<RefusedException>(() => _world.SendAsync(new ShowBatch(BatchRunId.Parse("nope"))));
    }

    private Task<BatchRun> CompleteAsync() => _world.SendAsync(new CompleteBatch(Some.Run));
}
