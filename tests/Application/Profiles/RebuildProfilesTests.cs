using Recommendation.Application.Erasures;
using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;

namespace Recommendation.Application.Tests.Profiles;

/// <summary>Profiles made anew from the log.</summary>
public sealed class RebuildProfilesTests : InWorld
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task A_lost_store_is_restored_whatever_the_size_of_the_groups(int usersAtOnce)
    {
        await AppendAsync(40);
        var progress = new List<long>();

        var result = await World.SendAsync(new RebuildProfiles(usersAtOnce, new Reports<long>(progress)));

        Assert.Equal(new RebuiltProfiles(7, 7, 0, 0), result);
        Assert.Equal(7, progress[^1]);
        Assert.Equal((7 + usersAtOnce - 1) / usersAtOnce, progress.Count);
        await CleanPass.AssertAsync(World, await World.LoggedAsync());
    }

    [Fact]
    public async Task Right_profiles_are_left_as_they_are()
    {
        await AppendAsync(40);
        await World.SendAsync(new CatchUpProfiles("local"));
        World.Profiles.Saves.Clear();

        Assert.Equal(new RebuiltProfiles(7, 0, 7, 0), await World.SendAsync(new RebuildProfiles()));

        Assert.Empty(World.Profiles.Saves);
    }

    [Fact]
    public async Task A_profile_that_missed_a_batch_is_made_right_and_the_log_can_be_delivered_again()
    {
        await AppendAsync(40);
        var log = await World.LoggedAsync();
        await World.SendAsync(new UpdateProfiles([.. log[..10], .. log[20..]], []));

        var result = await World.SendAsync(new RebuildProfiles());
        await World.SendAsync(new UpdateProfiles(log, []));

        Assert.Equal((7, 0), (result.Written, result.Behind));
        await CleanPass.AssertAsync(World, log);
    }

    [Fact]
    public async Task A_profile_that_has_applied_more_than_the_log_shows_is_left_alone()
    {
        await AppendAsync(2);
        var beyond = Some.Interaction(50, Some.User(1));
        await World.SendAsync(new UpdateProfiles([.. await World.LoggedAsync(), beyond], []));

        var result = await World.SendAsync(new RebuildProfiles());

        Assert.Equal(1, result.Behind);
        Assert.Equal(2, (await World.ProfileAsync(Some.User(1)))!.InteractionCount);
    }

    [Fact]
    public async Task So_is_one_that_somebody_saves_meanwhile()
    {
        await AppendAsync(40);
        World.Profiles.Saving = async _ =>
        {
            World.Profiles.Saving = null;
            await World.SendAsync(new UpdateProfiles([Some.Interaction(50, Some.User(1))], []));
        };

        var result = await World.SendAsync(new RebuildProfiles());

        Assert.Equal((6, 1), (result.Written, result.Behind));
        Assert.Equal(1, (await World.ProfileAsync(Some.User(1)))!.InteractionCount);
    }

    [Fact]
    public async Task Who_was_erased_stays_erased()
    {
        await AppendAsync(40);
        await World.SendAsync(new CatchUpProfiles("local"));
        var erased = (await World.ProfileAsync(Some.User(1)))!.Erase(Some.Noon.AddSeconds(1));
        await World.Profiles.SaveAsync([erased], checkpoint: null, CancellationToken.None);

        var result = await World.SendAsync(new RebuildProfiles());

        Assert.Equal((0, 0), (result.Written, result.Behind));
        var tombstone = (await World.ProfileAsync(Some.User(1)))!;
        Assert.True(tombstone.IsEmpty);
        Assert.Equal(Some.Noon.AddSeconds(1), tombstone.ErasedAt);
    }

    [Fact]
    public async Task What_a_tombstone_had_counted_does_not_come_back_though_the_clocks_differ()
    {
        await AppendAsync(1);
        await World.SendAsync(new CatchUpProfiles("local"));
        // By the clock of whoever erased, the interaction arrived after the erasure; the log's mark knows better.
        var erased = (await World.ProfileAsync(Some.User(1)))!.Erase(Some.Noon.AddMinutes(-1));
        await World.Profiles.SaveAsync([erased], checkpoint: null, CancellationToken.None);

        await World.SendAsync(new RebuildProfiles());

        var tombstone = (await World.ProfileAsync(Some.User(1)))!;
        Assert.True(tombstone.IsEmpty);
        Assert.Equal(erased.Marks, tombstone.Marks);
    }

    [Fact]
    public async Task What_came_after_an_erasure_is_rebuilt()
    {
        await World.SendAsync(new ForgetUser(Some.User(1)));
        World.Time.Advance(TimeSpan.FromSeconds(1));
        await AppendAsync(40);

        var result = await World.SendAsync(new RebuildProfiles());

        Assert.Equal((7, 0), (result.Written, result.Behind));
        await CleanPass.AssertAsync(World, await World.LoggedAsync());
        Assert.NotNull((await World.ProfileAsync(Some.User(1)))!.ErasedAt);
    }

    [Theory]
    [InlineData("Slow down.")]
    [InlineData(null)]
    public async Task A_store_that_fails_stops_the_rebuild_and_is_named(string? reason)
    {
        await AppendAsync(40);
        World.Profiles.Outcome = profile =>
            profile.UserId == Some.User(3) ? new SaveOutcome(SaveStatus.Failed, reason) : null;

        var problem = await Assert.ThrowsAsync<StoreUnavailableException>(() => World.SendAsync(new RebuildProfiles()));

        Assert.Contains(reason ?? "A profile could not be saved", problem.Message, StringComparison.Ordinal);
        World.Profiles.Heal();
        Assert.Equal(new RebuiltProfiles(7, 1, 6, 0), await World.SendAsync(new RebuildProfiles()));
    }

    [Fact]
    public async Task An_empty_log_rebuilds_nothing() =>
        Assert.Equal(new RebuiltProfiles(0, 0, 0, 0), await World.SendAsync(new RebuildProfiles()));

    [Fact]
    public async Task At_least_one_user_is_held_at_once() =>
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => World.SendAsync(new RebuildProfiles(0)));

    private Task AppendAsync(int count) =>
        World.SendAsync(
            new AppendInteractions([
                .. Enumerable
                    .Range(1, count)
                    .Select(n => Some.Event(n, user: Some.User(1 + ((n - 1) % 7)).Value, item: $"i{n % 5}")),
            ])
        );
}
