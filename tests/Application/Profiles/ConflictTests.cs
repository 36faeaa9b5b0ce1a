using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Profiles;

/// <summary>Somebody else saves the same profiles meanwhile.</summary>
public sealed class ConflictTests : InWorld
{
    private readonly Interaction[] _log = Some.Interactions(10, Some.Ann, Some.Bob);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Up_to_three_conflicts_in_a_row_are_folded_again(int storms)
    {
        var race = RaceFor(storms);

        var result = await DeliverAsync();

        Assert.Equal((10, storms, 2), (result.Counted, result.Conflicts, result.ProfilesWritten));
        Assert.Empty(result.Failed);
        Assert.Equal(Some.At(10), await World.CheckpointAsync());
        await CleanPass.AssertAsync(World, [.. _log, .. race]);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    public async Task More_conflicts_name_the_positions_as_failed(int storms)
    {
        var race = RaceFor(storms);

        var result = await DeliverAsync();

        Assert.Equal(_log.Where(one => one.UserId == Some.Ann).Select(one => one.Position), result.Failed);
        Assert.Equal((5, 4), (result.Counted, result.Conflicts));
        Assert.Contains("kept changing", result.FirstError, StringComparison.Ordinal);
        Assert.Null(await World.CheckpointAsync());

        World.Profiles.Heal();
        Assert.Empty((await DeliverAsync()).Failed);
        await CleanPass.AssertAsync(World, [.. _log, .. race]);
    }

    [Fact]
    public async Task Only_the_users_in_conflict_are_loaded_and_saved_again()
    {
        RaceFor(1);

        await DeliverAsync();

        Assert.Equal([Some.Ann], World.Profiles.Loads[^1]);
        Assert.Equal([Some.Ann], World.Profiles.Saves[^1].Select(profile => profile.UserId));
    }

    [Fact]
    public async Task The_loser_of_a_race_for_the_same_events_finds_them_counted()
    {
        World.Profiles.Saving = async _ =>
        {
            World.Profiles.Saving = null;
            await DeliverAsync();
        };

        var result = await DeliverAsync();

        Assert.Equal((0, 10, 2, 0), (result.Counted, result.Redelivered, result.Conflicts, result.ProfilesWritten));
        await CleanPass.AssertAsync(World, _log);
    }

    /// <summary>
    /// Somebody who saves an interaction of Ann's from another partition just before each of our saves that holds her.
    /// </summary>
    private List<Interaction> RaceFor(int storms)
    {
        var race = new List<Interaction>();
        World.Profiles.Saving = async profiles =>
        {
            if (race.Count == storms || profiles.All(profile => profile.UserId != Some.Ann))
                return;
            var next = Some.Interaction(race.Count + 1, partition: "other", at: Some.Noon.AddDays(-1));
            race.Add(next);
            var current = await World.ProfileAsync(Some.Ann) ?? Domain.Profiles.UserProfile.New(Some.Ann);
            var hook = World.Profiles.Saving;
            World.Profiles.Saving = null;
            var saved = await World.Profiles.SaveAsync(
                [current.Apply([next], Domain.Profiles.ProfilePolicy.Default).Profile],
                checkpoint: null,
                CancellationToken.None
            );
            World.Profiles.Saving = hook;
            Assert.Equal([SaveOutcome.Saved], saved);
            World.Profiles.Saves.RemoveAt(World.Profiles.Saves.Count - 1);
        };
        return race;
    }

    private Task<UpdatedProfiles> DeliverAsync() => World.SendAsync(new UpdateProfiles(_log, [], Some.At(10)));
}
