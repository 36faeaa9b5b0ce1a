using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Profiles;

/// <summary>
/// What falls out of the newest interactions moves into the user's history, whatever fails on the way.
/// </summary>
public sealed class HistoryTests : InWorld
{
    [Fact]
    public async Task A_user_with_10000_interactions_has_a_complete_exclusion_at_a_read_and_a_write_in_64()
    {
        await using var world = World.Open(options =>
            (options.RecentInteractions, options.PendingInteractions) = (50, 64)
        );
        var log = Some.Interactions(10_000, Some.Ann);
        foreach (var batch in log.Chunk(20))
            await world.SendAsync(new UpdateProfiles(batch, []));

        var memory = await world.MemoryAsync(Some.Ann);
        Assert.All(log, one => Assert.True(memory.ActedOn.Contains(one.ItemId)));
        Assert.Equal(
            log.TakeLast(500).Select(one => one.ItemId).Reverse(),
            memory.History.Select(entry => entry.ItemId)
        );
        Assert.InRange(world.Histories.Puts.Count, 1, 10_000 / 64);
        Assert.InRange(world.Histories.Loads.Count - 1, 1, 10_000 / 64);
        Assert.Equal((500, 500), (world.Profiles.Loads.Count, world.Profiles.Saves.Count));
        Assert.Single(world.Histories.Kept);
    }

    [Fact]
    public async Task A_user_with_few_interactions_has_no_history_and_none_is_read()
    {
        await using var world = World.Open(options =>
            (options.RecentInteractions, options.PendingInteractions) = (50, 64)
        );
        var log = Some.Interactions(114, Some.Ann);

        await world.SendAsync(new UpdateProfiles(log, []));

        Assert.Empty(world.Histories.Puts);
        Assert.Empty(world.Histories.Loads);
        var memory = await world.MemoryAsync(Some.Ann);
        Assert.Equal(114, memory.History.Count);
        Assert.All(log, one => Assert.True(memory.ActedOn.Contains(one.ItemId)));
    }

    [Fact]
    public async Task A_replaced_history_is_deleted_and_one_that_could_not_be_is_harmless()
    {
        var log = Some.Interactions(60, Some.Ann);
        await DeliverAsync(log[..20]);
        await DeliverAsync(log[20..40]);
        Assert.Single(World.Histories.Kept);
        World.Histories.Deleting = () => throw Fault.StoreDown;

        Assert.Empty((await DeliverAsync(log[40..])).Failed);

        await CleanPass.AssertAsync(World, log);
        Assert.Equal(2, World.Histories.Kept.Count);
    }

    [Fact]
    public async Task A_process_that_dies_between_a_history_and_its_profile_loses_nothing()
    {
        var log = Some.Interactions(40, Some.Ann, Some.Bob);
        await DeliverAsync(log[..20]);
        World.Histories.Put = () => throw new InvalidOperationException("Killed.");
        await Assert.ThrowsAsync<InvalidOperationException>(() => DeliverAsync(log[20..]));
        await CleanPass.AssertAsync(World, log[..20]);
        World.Histories.Heal();

        await DeliverAsync(log[20..]);

        await CleanPass.AssertAsync(World, log);
    }

    [Fact]
    public async Task A_process_that_dies_between_a_profile_and_the_deletion_loses_nothing()
    {
        var log = Some.Interactions(40, Some.Ann, Some.Bob);
        await DeliverAsync(log[..20]);
        World.Histories.Deleting = () => throw new InvalidOperationException("Killed.");
        await Assert.ThrowsAsync<InvalidOperationException>(() => DeliverAsync(log[20..]));
        World.Histories.Heal();

        await DeliverAsync(log);

        await CleanPass.AssertAsync(World, log);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Of_two_writers_that_fold_at_once_neither_loses_the_others(int times)
    {
        var ours = Some.Interactions(30, Some.Ann);
        Interaction[] theirs =
        [
            .. Enumerable.Range(1, 30).Select(n => Some.Interaction(n, item: $"o{n}", id: $"o{n}", partition: "other")),
        ];
        var met = 0;
        World.Profiles.Saving = async _ =>
        {
            if (met == times)
                return;
            var hook = World.Profiles.Saving;
            World.Profiles.Saving = null;
            await DeliverAsync(theirs[(met * 10)..(++met * 10)]);
            World.Profiles.Saving = hook;
        };

        var result = await DeliverAsync(ours);
        await DeliverAsync(theirs);

        Assert.Equal((30, times), (result.Counted, result.Conflicts));
        await CleanPass.AssertAsync(World, [.. ours, .. theirs]);
        Assert.Equal((await World.ProfileAsync(Some.Ann))!.HistoryKey, Assert.Single(World.Histories.Kept).Key);
    }

    [Fact]
    public async Task A_save_that_ends_as_a_conflict_with_itself_keeps_its_history()
    {
        var log = Some.Interactions(30, Some.Ann);
        // The answer of the save is lost, the store repeats it, and that meets its own version.
        World.Profiles.Saving = async profiles =>
        {
            World.Profiles.Saving = null;
            await World.Profiles.SaveAsync(profiles, checkpoint: null, CancellationToken.None);
        };

        var result = await DeliverAsync(log);

        Assert.Equal((30, 1), (result.Redelivered, result.Conflicts));
        await CleanPass.AssertAsync(World, log);
        Assert.Single(World.Histories.Kept);
    }

    [Fact]
    public async Task A_save_that_failed_without_an_answer_keeps_its_history()
    {
        var log = Some.Interactions(30, Some.Ann);
        World.Profiles.Saved = () => throw Fault.StoreDown;

        Assert.Equal(30, (await DeliverAsync(log)).Failed.Count);

        await CleanPass.AssertAsync(World, log);
    }

    [Theory]
    [InlineData(SaveStatus.Failed)]
    [InlineData(SaveStatus.Conflict)]
    public async Task A_history_that_can_not_be_stored_fails_its_user_alone(SaveStatus status)
    {
        var log = Some.Interactions(30, Some.Ann, Some.Bob);
        World.Histories.Outcome = one =>
            one.Name.UserId == Some.Ann ? new SaveOutcome(status, "The table is full.") : null;

        var result = await DeliverAsync(log, Some.At(30));

        Assert.Equal(log.Where(one => one.UserId == Some.Ann).Select(one => one.Position), result.Failed);
        Assert.Equal(15, result.Counted);
        Assert.Null(await World.CheckpointAsync());
        World.Histories.Heal();
        Assert.Empty((await DeliverAsync(log, Some.At(30))).Failed);
        Assert.Equal(Some.At(30), await World.CheckpointAsync());
        await CleanPass.AssertAsync(World, log);
    }

    [Fact]
    public async Task A_taken_name_is_tried_once_more_under_another_and_the_checkpoint_waits_for_it()
    {
        var log = Some.Interactions(30, Some.Ann, Some.Bob);
        var taken = true;
        World.Histories.Outcome = one =>
        {
            if (one.Name.UserId != Some.Ann || !taken)
                return null;
            taken = false;
            return SaveOutcome.Conflict;
        };

        Assert.Empty((await DeliverAsync(log, Some.At(30))).Failed);

        Assert.Equal([null, Some.At(30)], World.Profiles.Checkpoints);
        await CleanPass.AssertAsync(World, log);
    }

    [Fact]
    public async Task A_history_that_the_store_refuses_goes_to_quarantine_and_holds_up_nobody()
    {
        var log = Some.Interactions(30, Some.Ann, Some.Bob);
        World.Histories.Outcome = one =>
            one.Name.UserId == Some.Ann ? SaveOutcome.Refused("The item is too large.") : null;

        var result = await DeliverAsync(log, Some.At(30));

        Assert.Equal((15, 15, 0), (result.Quarantined, result.Counted, result.Failed.Count));
        Assert.Equal(Some.At(30), await World.CheckpointAsync());
    }

    [Fact]
    public async Task A_history_store_that_is_down_delays_and_loses_nothing()
    {
        var log = Some.Interactions(40, Some.Ann, Some.Bob);
        await DeliverAsync(log[..20]);
        World.Histories.Loading = () => throw Fault.StoreDown;
        Assert.Equal(20, (await DeliverAsync(log[20..])).Failed.Count);
        World.Histories.Heal();
        World.Histories.Putting = () => throw Fault.StoreDown;
        Assert.Equal(20, (await DeliverAsync(log[20..])).Failed.Count);
        World.Histories.Heal();

        await DeliverAsync(log[20..]);

        await CleanPass.AssertAsync(World, log);
    }

    private Task<UpdatedProfiles> DeliverAsync(Interaction[] batch, Position? checkpoint = null) =>
        World.SendAsync(new UpdateProfiles(batch, [], checkpoint));
}
