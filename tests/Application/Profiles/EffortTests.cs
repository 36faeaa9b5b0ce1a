using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Profiles;

/// <summary>
/// One read and one write per user per batch, however many events; what does not change is not written.
/// </summary>
public sealed class EffortTests : InWorld
{
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(5000)]
    public async Task A_batch_is_one_load_and_one_save_of_each_user(int events)
    {
        await World.SendAsync(new UpdateProfiles(Some.Interactions(events, Some.Ann, Some.Bob), [], Some.At(events)));

        var users = Math.Min(2, events);
        Assert.Equal(users, Assert.Single(World.Profiles.Loads).Distinct().Count());
        Assert.Equal(users, Assert.Single(World.Profiles.Saves).Length);
        Assert.Equal([Some.At(events)], World.Profiles.Checkpoints);
    }

    [Fact]
    public async Task Unchanged_profiles_are_not_written()
    {
        var log = Some.Interactions(10, Some.Ann, Some.Bob);
        await World.SendAsync(new UpdateProfiles(log, []));
        World.Profiles.Saves.Clear();

        var result = await World.SendAsync(new UpdateProfiles([.. log, Some.Interaction(11, Some.Bob)], []));

        Assert.Equal([Some.Bob], Assert.Single(World.Profiles.Saves).Select(profile => profile.UserId));
        Assert.Equal((1, 10), (result.ProfilesWritten, result.Redelivered));
        Assert.Equal(1, (await World.ProfileAsync(Some.Ann))!.Version);
        Assert.Equal(2, (await World.ProfileAsync(Some.Bob))!.Version);
    }

    [Fact]
    public async Task The_checkpoint_is_saved_with_the_profiles()
    {
        await World.SendAsync(new UpdateProfiles(Some.Interactions(4, Some.Ann), [], Some.At(4)));

        Assert.Equal([Some.At(4)], World.Profiles.Checkpoints);
        Assert.Equal(Some.At(4), await World.CheckpointAsync());
    }

    [Fact]
    public async Task The_checkpoint_is_saved_when_nothing_changed()
    {
        var log = Some.Interactions(4, Some.Ann);
        await World.SendAsync(new UpdateProfiles(log, []));
        World.Profiles.Saves.Clear();

        await World.SendAsync(new UpdateProfiles(log, [], Some.At(4)));

        Assert.Equal(Some.At(4), await World.CheckpointAsync());
        Assert.Empty(Assert.Single(World.Profiles.Saves));
    }

    [Fact]
    public async Task Nothing_is_saved_when_nothing_changed_and_somebody_else_keeps_the_checkpoint()
    {
        var log = Some.Interactions(4, Some.Ann);
        await World.SendAsync(new UpdateProfiles(log, []));
        World.Profiles.Saves.Clear();

        await World.SendAsync(new UpdateProfiles(log, []));

        Assert.Empty(World.Profiles.Saves);
    }

    [Fact]
    public async Task An_empty_batch_costs_nothing()
    {
        var result = await World.SendAsync(new UpdateProfiles([], []));

        Assert.Equal((0, 0), (result.Settled, result.Failed.Count));
        Assert.Empty(World.Profiles.Loads);
        Assert.Empty(World.Profiles.Saves);
    }

    [Fact]
    public async Task An_interaction_that_is_in_no_log_is_refused()
    {
        var unassigned = Some.Interaction(1) with { Position = Position.Unassigned };

        var problem = await Assert.ThrowsAsync<FluentValidation.ValidationException>(
            () => World.SendAsync(new UpdateProfiles([unassigned], [])));

        Assert.Contains("no position", problem.Message, StringComparison.Ordinal);
        Assert.Empty(World.Profiles.Loads);
    }
}
