using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;

namespace Recommendation.Application.Tests.Profiles;

/// <summary>The profiles follow the log from their checkpoint.</summary>
public sealed class CatchUpProfilesTests : InWorld
{
    [Fact]
    public async Task Everything_beyond_the_checkpoint_is_applied_once()
    {
        await AppendAsync(10, first: 1);
        var first = await CatchUpAsync();
        await AppendAsync(5, first: 11);
        var second = await CatchUpAsync();
        var third = await CatchUpAsync();

        Assert.Equal((10, 5, 0), (first.Counted, second.Counted, third.Counted));
        Assert.Equal(Some.At(15), await World.CheckpointAsync());
        await CleanPass.AssertAsync(World, await World.LoggedAsync());
    }

    [Fact]
    public async Task A_log_longer_than_a_batch_is_applied_to_its_end_with_a_checkpoint_for_each_batch()
    {
        var count = (2 * CatchUpProfiles.BatchSize) + 1;
        await AppendAsync(count, first: 1);

        var result = await CatchUpAsync();

        Assert.Equal((count, 5L), (result.Counted, result.ProfilesWritten));
        Assert.Equal(
            [Some.At(CatchUpProfiles.BatchSize), Some.At(2 * CatchUpProfiles.BatchSize), Some.At(count)],
            World.Profiles.Checkpoints
        );
    }

    [Fact]
    public async Task What_can_not_be_saved_is_said_and_applied_by_the_next_run()
    {
        await AppendAsync(10, first: 1);
        World.Profiles.Outcome = _ => SaveOutcome.Failed("Slow down.");

        var problem = await Assert.ThrowsAsync<StoreUnavailableException>(CatchUpAsync);

        Assert.Contains("10 interactions", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Slow down.", problem.Message, StringComparison.Ordinal);
        Assert.Null(await World.CheckpointAsync());
        World.Profiles.Heal();
        Assert.Equal(10, (await CatchUpAsync()).Counted);
        await CleanPass.AssertAsync(World, await World.LoggedAsync());
    }

    [Fact]
    public async Task Profiles_saved_without_their_checkpoint_count_once()
    {
        await AppendAsync(10, first: 1);
        World.Profiles.Outcome = profile => profile.UserId == Some.Bob ? SaveOutcome.Failed("Slow down.") : null;
        await Assert.ThrowsAsync<StoreUnavailableException>(CatchUpAsync);
        World.Profiles.Heal();

        await CatchUpAsync();

        await CleanPass.AssertAsync(World, await World.LoggedAsync());
    }

    [Fact]
    public async Task A_cancellation_surfaces_as_one()
    {
        await AppendAsync(10, first: 1);
        using var stop = new CancellationTokenSource();
        World.Profiles.Loading = _ => stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            World.SendAsync(new CatchUpProfiles("local"), stop.Token)
        );

        Assert.Null(await World.CheckpointAsync());
    }

    private Task AppendAsync(int count, int first) =>
        World.Log.AppendAsync(
            [
                .. Enumerable
                    .Range(first, count)
                    .Select(n => Some.Interaction(n, n % 2 == 0 ? Some.Ann : Some.Bob, id: $"e{n}")),
            ],
            CancellationToken.None
        );

    private Task<CaughtUpProfiles> CatchUpAsync() => World.SendAsync(new CatchUpProfiles("local"));
}
