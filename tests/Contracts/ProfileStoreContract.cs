using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Contracts;

/// <summary>What every profile store does.</summary>
public abstract class ProfileStoreContract : Contract<IProfileStore>
{
    [Fact]
    public async Task Unknown_users_are_absent() =>
        Assert.Empty(await Port.LoadAsync([Some.User("u1"), Some.User("u2")], None));

    [Fact]
    public async Task Nobody_is_loaded_for_nobody() => Assert.Empty(await Port.LoadAsync([], None));

    [Fact]
    public async Task A_new_profile_is_stored_as_version_1_and_comes_back_whole()
    {
        var profile = Some.FullProfile();
        Assert.Equal([SaveOutcome.Saved], await Port.SaveAsync([profile], null, None));
        Same.Profile(profile with { Version = 1 }, await FindAsync("u1"));
    }

    [Fact]
    public async Task Links_of_merged_ids_come_back_whole()
    {
        var user = Some.FullProfile("u1") with { MergedUsers = [Some.User("ä "), Some.User("a2")] };
        var anonymous = Domain.Profiles.UserProfile.New(Some.User("a2")) with { MergedInto = Some.User("u1") };
        await Port.SaveAsync([user, anonymous], null, None);
        Same.Profile(user with { Version = 1 }, await FindAsync("u1"));
        Same.Profile(anonymous with { Version = 1 }, await FindAsync("a2"));
        await Port.SaveAsync([(await FindAsync("u1")).Erase(Some.Noon)], null, None);
        Assert.False((await FindAsync("u1")).HasLinks);
    }

    [Fact]
    public async Task Each_save_stores_the_next_version()
    {
        await Port.SaveAsync([Some.Profile()], null, None);
        var loaded = await FindAsync("u1");
        Assert.Equal([SaveOutcome.Saved], await Port.SaveAsync([loaded with { InteractionCount = 2 }], null, None));
        var again = await FindAsync("u1");
        Assert.Equal((2, 2), (again.Version, again.InteractionCount));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(99)]
    public async Task Any_version_but_the_stored_one_is_a_conflict_and_changes_nothing(long version)
    {
        await Port.SaveAsync([Some.Profile()], null, None);
        await Port.SaveAsync([await FindAsync("u1")], null, None);
        var outcomes = await Port.SaveAsync([Some.Profile(item: "wrong") with { Version = version }], null, None);
        Assert.Equal(SaveStatus.Conflict, Assert.Single(outcomes).Status);
        var stored = await FindAsync("u1");
        Assert.Equal((2, "i1"), (stored.Version, stored.LastItemId!.Value.Value));
    }

    [Fact]
    public async Task A_version_of_a_user_who_is_not_stored_is_a_conflict_and_stores_nothing()
    {
        var outcomes = await Port.SaveAsync([Some.Profile() with { Version = 5 }], null, None);
        Assert.Equal(SaveStatus.Conflict, Assert.Single(outcomes).Status);
        Assert.Empty(await Port.LoadAsync([Some.User("u1")], None));
    }

    [Fact]
    public async Task One_users_conflict_does_not_keep_the_others_from_being_saved()
    {
        await Port.SaveAsync([Some.Profile("u2")], null, None);
        var outcomes = await Port.SaveAsync([Some.Profile("u3"), Some.Profile("u2"), Some.Profile("u1")], null, None);
        Assert.Equal(
            [SaveStatus.Saved, SaveStatus.Conflict, SaveStatus.Saved],
            outcomes.Select(outcome => outcome.Status)
        );
        Assert.Equal(3, (await Port.LoadAsync([Some.User("u1"), Some.User("u2"), Some.User("u3")], None)).Count);
    }

    [Fact]
    public async Task Of_writers_that_loaded_the_same_version_exactly_one_is_saved()
    {
        await Port.SaveAsync([Some.Profile()], null, None);
        for (var round = 0; round < 5; round++)
        {
            var loaded = await FindAsync("u1");
            var outcomes = await Task.WhenAll(
                Enumerable
                    .Range(0, 16)
                    .Select(writer =>
                        Task.Run(() => Port.SaveAsync([loaded with { InteractionCount = writer }], null, None))
                    )
            );
            var winner = Assert.Single(
                Enumerable.Range(0, 16),
                writer => outcomes[writer][0].Status == SaveStatus.Saved
            );
            Assert.All(outcomes, outcome => Assert.True(outcome[0].Status is SaveStatus.Saved or SaveStatus.Conflict));
            var stored = await FindAsync("u1");
            Assert.Equal((loaded.Version + 1, winner), (stored.Version, stored.InteractionCount));
        }
    }

    [Fact]
    public async Task Many_profiles_are_saved_and_loaded_each_with_its_own_content()
    {
        var profiles = Enumerable
            .Range(0, 1_500)
            .Select(i => Some.Profile($"user-{i * 7919 % 1_500}", item: $"item-{i}"))
            .ToList();
        var outcomes = await Port.SaveAsync(profiles, null, None);
        Assert.All(outcomes, outcome => Assert.Equal(SaveOutcome.Saved, outcome));

        var loaded = await Port.LoadAsync([.. profiles.Select(profile => profile.UserId), Some.User("nobody")], None);
        Assert.Equal(profiles.Count, loaded.Count);
        Assert.All(profiles, profile => Same.Profile(profile with { Version = 1 }, loaded[profile.UserId]));
    }

    [Fact]
    public async Task Odd_ids_are_users_of_their_own()
    {
        await Port.SaveAsync([.. Some.OddIds.Select(id => Some.Profile(id, item: id))], null, None);
        foreach (var id in Some.OddIds)
            Assert.Equal(id, (await FindAsync(id)).LastItemId!.Value.Value);
        Assert.Equal(Some.OddIds.Count, (await ListAsync(Port.AllAsync(None))).Count);
    }

    [Fact]
    public async Task A_user_asked_for_twice_is_found_once()
    {
        await Port.SaveAsync([Some.Profile()], null, None);
        Assert.Single(await Port.LoadAsync([Some.User("u1"), Some.User("u1")], None));
    }

    [Fact]
    public async Task A_tombstone_is_loaded_and_keeps_the_version_going()
    {
        await Port.SaveAsync([Some.Profile()], null, None);
        var loaded = await FindAsync("u1");
        await Port.SaveAsync([loaded.Erase(Some.Noon.AddDays(1))], null, None);

        var tombstone = await FindAsync("u1");
        Same.Profile(loaded.Erase(Some.Noon.AddDays(1)) with { Version = 2 }, tombstone);
        Assert.Equal(SaveStatus.Conflict, (await Port.SaveAsync([loaded], null, None))[0].Status);
        Assert.Equal(SaveStatus.Conflict, (await Port.SaveAsync([Some.Profile()], null, None))[0].Status);
        Assert.Single(await ListAsync(Port.AllAsync(None)));
    }

    [Fact]
    public async Task All_gives_every_profile_once()
    {
        var profiles = Enumerable.Range(0, 1_201).Select(i => Some.Profile($"user-{i}")).ToList();
        await Port.SaveAsync(profiles, null, None);
        var all = await ListAsync(Port.AllAsync(None));
        Assert.Equal(profiles.Select(profile => profile.UserId).Order(), all.Select(profile => profile.UserId).Order());
        Assert.All(all, profile => Assert.Equal((1, 1), (profile.Version, profile.InteractionCount)));
    }

    [Fact]
    public async Task A_cancelled_call_stops_waiting()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Port.LoadAsync([Some.User("u1")], Cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Port.SaveAsync([Some.Profile()], null, Cancelled)
        );
    }

    protected async Task<UserProfile> FindAsync(string user)
    {
        var id = UserId.Parse(user);
        return (await Port.LoadAsync([id], None))[id];
    }
}
