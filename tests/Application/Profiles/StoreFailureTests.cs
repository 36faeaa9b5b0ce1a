using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Profiles;

/// <summary>A store that fails delays; it does not lose.</summary>
public sealed class StoreFailureTests : InWorld
{
    private readonly Interaction[] _log = Some.Interactions(30, Some.Ann, Some.Bob, Some.User(3));

    [Fact]
    public async Task A_throttled_store_fails_every_position_and_no_checkpoint_moves()
    {
        World.Profiles.Outcome = _ => SaveOutcome.Failed("Slow down.");

        var result = await DeliverAsync();

        Assert.Equal(_log.Select(one => one.Position).ToHashSet(), result.Failed.ToHashSet());
        Assert.Equal(30, result.Failed.Count);
        Assert.Equal(("Slow down.", 0, 0), (result.FirstError, result.Counted, result.Settled));
        await AssertComesBackAsync();
    }

    [Fact]
    public async Task A_store_that_fails_for_one_user_fails_that_users_positions_only()
    {
        World.Profiles.Outcome = profile => profile.UserId == Some.Bob ? SaveOutcome.Failed("Slow down.") : null;

        var result = await DeliverAsync();

        Assert.Equal(_log.Where(one => one.UserId == Some.Bob).Select(one => one.Position), result.Failed);
        Assert.Equal((20, 2), (result.Counted, result.ProfilesWritten));
        await AssertComesBackAsync();
    }

    [Fact]
    public async Task A_store_that_can_not_be_read_fails_every_position_with_its_reason()
    {
        World.Profiles.Loading = _ => Fault.Throw(Fault.StoreDown);

        var result = await DeliverAsync();

        Assert.Equal((30, 0, "The store does not answer."), (result.Failed.Count, result.Settled, result.FirstError));
        await AssertComesBackAsync();
    }

    [Fact]
    public async Task A_store_that_breaks_off_while_saving_fails_every_position()
    {
        World.Profiles.Saving = _ => Fault.Throw(Fault.StoreDown);

        var result = await DeliverAsync();

        Assert.Equal((30, 0), (result.Failed.Count, result.Settled));
        await AssertComesBackAsync();
    }

    [Fact]
    public async Task A_store_that_saved_and_then_did_not_answer_is_asked_again_without_harm()
    {
        World.Profiles.Saved = () => Fault.Throw(Fault.StoreDown);

        var result = await DeliverAsync();

        Assert.Equal((30, 0), (result.Failed.Count, result.Settled));
        World.Profiles.Heal();
        Assert.Equal(30, (await DeliverAsync()).Redelivered);
        await CleanPass.AssertAsync(World, _log);
    }

    [Fact]
    public async Task Copies_are_settled_and_not_failed_when_only_a_new_event_can_not_be_saved()
    {
        await World.SendAsync(new UpdateProfiles(_log[..27], []));
        World.Profiles.Saving = _ => Fault.Throw(Fault.StoreDown);

        var result = await World.SendAsync(new UpdateProfiles([.. _log[..27], Some.Interaction(31, Some.Ann)], []));

        Assert.Equal((18, 10), (result.Settled, result.Failed.Count));
        Assert.Contains(Some.At(31), result.Failed);
        Assert.DoesNotContain(
            result.Failed,
            position => _log.Any(one => one.Position == position && one.UserId != Some.Ann)
        );
    }

    [Fact]
    public async Task A_checkpoint_that_can_not_be_saved_leaves_no_copy_both_settled_and_failed()
    {
        await World.SendAsync(new UpdateProfiles(_log, []));
        World.Profiles.Saving = _ => Fault.Throw(Fault.StoreDown);

        await Assert.ThrowsAsync<StoreUnavailableException>(DeliverAsync);

        Assert.Null(await World.CheckpointAsync());
        await AssertComesBackAsync();
    }

    [Fact]
    public async Task A_deadline_that_has_passed_already_settles_nothing()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => World.SendAsync(new UpdateProfiles(_log, [Some.Poison(31)], Some.At(31)), stop.Token));

        Assert.Empty(await World.ProfilesAsync());
        await AssertComesBackAsync();
    }

    [Fact]
    public async Task A_deadline_while_the_store_is_asked_fails_everything()
    {
        using var stop = new CancellationTokenSource();
        World.Profiles.Loading = _ => stop.CancelAsync();

        var result = await World.SendAsync(new UpdateProfiles(_log, [], Some.At(30)), stop.Token);

        Assert.Equal((30, 0), (result.Failed.Count, result.Settled));
        await AssertComesBackAsync();
    }

    [Fact]
    public async Task A_deadline_in_the_middle_fails_what_is_not_known_to_be_saved()
    {
        using var stop = new CancellationTokenSource();
        World.Profiles.Outcome = profile =>
            profile.UserId == Some.Bob && !stop.IsCancellationRequested ? SaveOutcome.Conflict : null;
        World.Profiles.Saved = stop.CancelAsync;

        var result = await World.SendAsync(new UpdateProfiles(_log, [], Some.At(30)), stop.Token);

        Assert.Equal(_log.Where(one => one.UserId == Some.Bob).Select(one => one.Position), result.Failed);
        Assert.Equal(20, result.Counted);
        await AssertComesBackAsync();
    }

    [Fact]
    public async Task A_failure_that_no_store_may_have_is_not_swallowed()
    {
        World.Profiles.Saving = _ => Fault.Throw(new InvalidOperationException("A bug."));

        await Assert.ThrowsAsync<InvalidOperationException>(DeliverAsync);
        await AssertComesBackAsync();
    }

    private Task<UpdatedProfiles> DeliverAsync() => World.SendAsync(new UpdateProfiles(_log, [], Some.At(30)));

    /// <summary>No checkpoint passed what failed, and once the store is well the same batch sets all right.</summary>
    private async Task AssertComesBackAsync()
    {
        Assert.Null(await World.CheckpointAsync());
        World.Profiles.Heal();
        var again = await DeliverAsync();
        Assert.Empty(again.Failed);
        Assert.Equal(Some.At(30), await World.CheckpointAsync());
        await CleanPass.AssertAsync(World, _log);
    }
}
