using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Contracts;

/// <summary>What every profile store that keeps the checkpoint of the log does.</summary>
public abstract class CheckpointContract : Contract<IProfileStore>
{
    [Fact]
    public async Task There_is_no_checkpoint_at_first() => Assert.Null(await Port.CheckpointAsync("p", None));

    [Fact]
    public async Task A_checkpoint_is_stored_with_the_profiles()
    {
        await Port.SaveAsync([Some.Profile("u1"), Some.Profile("u2")], Some.Position(42, 3), None);
        Assert.Equal(Some.Position(42, 3), await Port.CheckpointAsync("p", None));
    }

    [Fact]
    public async Task A_checkpoint_is_not_stored_unless_every_profile_is()
    {
        await Port.SaveAsync([Some.Profile("u1")], Some.Position(1), None);
        var outcomes = await Port.SaveAsync([Some.Profile("u2"), Some.Profile("u1")], Some.Position(2), None);
        Assert.Equal([SaveStatus.Saved, SaveStatus.Conflict], outcomes.Select(outcome => outcome.Status));
        Assert.Equal(Some.Position(1), await Port.CheckpointAsync("p", None));
        Assert.Single(await Port.LoadAsync([Some.User("u2")], None));
    }

    [Fact]
    public async Task A_checkpoint_alone_is_stored()
    {
        Assert.Empty(await Port.SaveAsync([], Some.Position(7), None));
        Assert.Equal(Some.Position(7), await Port.CheckpointAsync("p", None));
    }

    [Fact]
    public async Task A_save_without_a_checkpoint_leaves_it()
    {
        await Port.SaveAsync([Some.Profile("u1")], Some.Position(1), None);
        await Port.SaveAsync([Some.Profile("u2")], null, None);
        Assert.Equal(Some.Position(1), await Port.CheckpointAsync("p", None));
    }

    [Fact]
    public async Task Each_partition_has_its_own_and_the_last_one_counts()
    {
        var far = new Position("q", SequenceNumber.Parse(new string('7', 56)));
        await Port.SaveAsync([], Some.Position(1), None);
        await Port.SaveAsync([], far, None);
        await Port.SaveAsync([], Some.Position(2), None);
        Assert.Equal(Some.Position(2), await Port.CheckpointAsync("p", None));
        Assert.Equal(far, await Port.CheckpointAsync("q", None));
        Assert.Null(await Port.CheckpointAsync("P", None));
    }
}
