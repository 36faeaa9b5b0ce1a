using Recommendation.Application.Batches;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Profiles;

/// <summary>An anonymous id and its user are one person to every reader, and nothing is copied.</summary>
public sealed class MergeUsersTests : InWorld
{
    private static readonly UserId s_visitor = UserId.Parse("visitor");

    [Fact]
    public async Task What_either_id_did_is_known_of_both()
    {
        await GivenAsync((s_visitor, "a"), (s_visitor, "x"), (Some.Ann, "b"), (Some.Bob, "c"));

        Assert.True((await MergeAsync()).IsNew);

        foreach (var user in new[] { s_visitor, Some.Ann })
        {
            var list = await World.SendAsync(new Recommend(user));
            Assert.Equal(["c", "d", "e"], list.Items.Select(item => item.ItemId.Value));
            Assert.Equal(["b", "x", "a"], World.Ranker.Requests[^1].Users[0].History.Select(one => one.ItemId.Value));
            var profile = (await World.SendAsync(new GetProfile(user)))!;
            Assert.Equal(3, profile.InteractionCount);
            Assert.Equal(Some.Item("b"), profile.LastItemId);
            Assert.Equal([new TypeCount(InteractionType.View, 3)], profile.Counts);
            Assert.Equal(user, (await World.SendAsync(new ShowUser(user))).Profile.UserId);
        }
        Assert.Equal(2, (await World.ProfileAsync(s_visitor))!.InteractionCount);
        Assert.Equal(1, (await World.ProfileAsync(Some.Ann))!.InteractionCount);
    }

    [Fact]
    public async Task A_user_who_has_done_nothing_yet_gets_the_lists_of_the_visitor()
    {
        await GivenAsync((s_visitor, "a"));
        await MergeAsync();
        var list = await World.SendAsync(new Recommend(Some.Ann));
        Assert.Equal(["b", "c", "d", "e"], list.Items.Select(item => item.ItemId.Value));
        Assert.Equal(1, (await World.SendAsync(new GetProfile(Some.Ann)))!.InteractionCount);
    }

    [Fact]
    public async Task Ids_that_nobody_has_seen_can_be_merged_and_keep_together_once_they_are_seen()
    {
        await MergeAsync();
        await GivenAsync((s_visitor, "a"), (Some.Ann, "b"));
        Assert.Equal(2, (await World.SendAsync(new GetProfile(s_visitor)))!.InteractionCount);
    }

    [Fact]
    public async Task Merging_again_changes_nothing()
    {
        await GivenAsync((s_visitor, "a"), (Some.Ann, "b"));
        await MergeAsync();
        World.Profiles.Saves.Clear();

        Assert.False((await MergeAsync()).IsNew);

        Assert.Empty(World.Profiles.Saves);
    }

    [Fact]
    public async Task What_comes_again_or_later_stays_with_the_id_that_it_came_with()
    {
        var log = await GivenAsync((s_visitor, "a"), (Some.Ann, "b"));
        await MergeAsync();

        await World.SendAsync(new UpdateProfiles([.. log, Some.Interaction(9, s_visitor, "z")], []));

        Assert.Equal(2, (await World.ProfileAsync(s_visitor))!.InteractionCount);
        Assert.Equal(3, (await World.SendAsync(new GetProfile(Some.Ann)))!.InteractionCount);
    }

    [Fact]
    public async Task Several_visits_are_one_person()
    {
        var second = UserId.Parse("visitor-2");
        await GivenAsync((s_visitor, "a"), (second, "b"), (Some.Ann, "c"));
        await MergeAsync();
        await World.SendAsync(new MergeUsers(second, Some.Ann));
        foreach (var user in new[] { s_visitor, second, Some.Ann })
            Assert.Equal(3, (await World.SendAsync(new GetProfile(user)))!.InteractionCount);
    }

    [Fact]
    public async Task A_stored_list_is_not_current_once_either_id_has_changed()
    {
        await World.PointAtAsync(Some.Model);
        await GivenAsync((s_visitor, "a"), (Some.Ann, "b"));
        await World.SendAsync(new RunBatch(BatchRunId.Parse("run-1")));
        Assert.Equal(ListSource.Batch, await SourceAsync());

        await MergeAsync();
        Assert.Equal(ListSource.Realtime, await SourceAsync());
        World.Time.Advance(TimeSpan.FromMinutes(1));
        await World.SendAsync(new RunBatch(BatchRunId.Parse("run-2")));
        Assert.Equal(ListSource.Batch, await SourceAsync());
        Assert.True((await World.SendAsync(new ShowUser(Some.Ann))).ListIsCurrent);

        await World.SendAsync(new UpdateProfiles([Some.Interaction(9, s_visitor, "c")], []));
        Assert.Equal(ListSource.Realtime, await SourceAsync());
        Assert.False((await World.SendAsync(new ShowUser(Some.Ann))).ListIsCurrent);

        async Task<ListSource> SourceAsync() => (await World.SendAsync(new Recommend(Some.Ann, 2))).Source;
    }

    [Fact]
    public async Task Chains_and_cycles_are_refused_with_what_to_do()
    {
        await MergeAsync();
        await RefusedAsync(Some.Ann, Some.Ann, "into itself");
        await RefusedAsync(s_visitor, Some.Bob, "into another user before");
        await RefusedAsync(Some.Ann, s_visitor, "was itself merged");
        await RefusedAsync(Some.Ann, Some.Bob, "no anonymous id");
        await RefusedAsync(Some.Bob, s_visitor, "merge 'bob' into that user");
        Assert.False((await MergeAsync()).IsNew);
    }

    [Fact]
    public async Task Too_many_ids_of_one_user_are_refused()
    {
        for (var i = 0; i < MergeLinks.Maximum; i++)
            await World.SendAsync(new MergeUsers(Some.User(i), Some.Ann));
        await RefusedAsync(s_visitor, Some.Ann, "keep the anonymous id");
        Assert.False((await World.SendAsync(new MergeUsers(Some.User(3), Some.Ann))).IsNew);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_merge_that_is_cut_off_joins_nobody_until_it_is_asked_for_again(int save)
    {
        await GivenAsync((s_visitor, "a"), (Some.Ann, "b"));
        var saves = 0;
        World.Profiles.Saving = _ => ++saves == save ? Fault.Throw(Fault.StoreDown) : Task.CompletedTask;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => MergeAsync());
        World.Profiles.Heal();
        Assert.Equal(1, (await World.SendAsync(new GetProfile(Some.Ann)))!.InteractionCount);
        Assert.Equal(1, (await World.SendAsync(new GetProfile(s_visitor)))!.InteractionCount);

        Assert.True((await MergeAsync()).IsNew);

        Assert.Equal(2, (await World.SendAsync(new GetProfile(Some.Ann)))!.InteractionCount);
    }

    [Fact]
    public async Task A_profile_that_changes_meanwhile_is_read_again()
    {
        await GivenAsync((s_visitor, "a"), (Some.Ann, "b"));
        var next = 10;
        World.Profiles.Saving = async profiles =>
        {
            if (next < 14 && profiles[0].HasLinks)
                await World.SendAsync(
                    new UpdateProfiles([Some.Interaction(next++, profiles[0].UserId, $"n{next}")], []));
        };
        await MergeAsync();
        Assert.Equal(6, (await World.SendAsync(new GetProfile(Some.Ann)))!.InteractionCount);
    }

    [Fact]
    public async Task Of_two_users_who_claim_an_id_at_once_one_gets_it()
    {
        World.Profiles.Saving = async profiles =>
        {
            if (profiles[0].MergedInto != Some.Ann)
                return;
            World.Profiles.Heal();
            await World.SendAsync(new MergeUsers(s_visitor, Some.Bob));
        };
        await RefusedAsync(s_visitor, Some.Ann, "into another user before");
        Assert.Equal(Some.Bob, (await World.ProfileAsync(s_visitor))!.MergedInto);
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("visitor")]
    public async Task Erasing_one_id_erases_all_of_the_person(string named)
    {
        var second = UserId.Parse("visitor-2");
        await GivenAsync((s_visitor, "a"), (second, "b"), (Some.Ann, "c"), (Some.Bob, "d"));
        await MergeAsync();
        await World.SendAsync(new MergeUsers(second, Some.Ann));

        var erased = await World.SendAsync(new ForgetUser(UserId.Parse(named)));

        Assert.Equal(2, erased.MergedErasures.Count);
        foreach (var user in new[] { s_visitor, second, Some.Ann })
        {
            Assert.Null(await World.SendAsync(new GetProfile(user)));
            Assert.False((await World.ProfileAsync(user))!.HasLinks);
        }
        var finished = await World.SendAsync(new ListErasures(IncludeFinished: true));
        Assert.Equal(3, finished.Erasures.Count(one => one.Receipt is not null));
        Assert.Equal(1, (await World.SendAsync(new GetProfile(Some.Bob)))!.InteractionCount);
        await World.SendAsync(new UpdateProfiles([Some.Interaction(50, s_visitor, "n")], []));
        Assert.Null(await World.SendAsync(new GetProfile(Some.Ann)));
        Assert.True((await MergeAsync()).IsNew);
    }

    [Fact]
    public async Task A_damaged_history_or_profile_does_not_keep_an_erasure_from_being_requested()
    {
        await GivenAsync((s_visitor, "a"));
        World.Histories.Loading = () => throw new StoredFormatException("The history is damaged.");
        await World.SendAsync(new RequestErasure(s_visitor));
        World.Profiles.Loading = _ => throw new StoredFormatException("The profile is damaged.");
        await World.SendAsync(new RequestErasure(s_visitor));
        World.Profiles.Heal();
        Assert.Equal(2, (await World.SendAsync(new ListErasures())).Erasures.Count);
    }

    [Fact]
    public async Task While_an_id_is_being_erased_nothing_is_merged_with_it()
    {
        await GivenAsync((s_visitor, "a"), (Some.Ann, "b"));
        await World.Erasures.BeginAsync(Some.Ann, Some.Noon, CancellationToken.None);
        await RefusedAsync(s_visitor, Some.Ann, "being erased");
        Assert.False((await World.ProfileAsync(s_visitor))!.HasLinks);
        await World.SendAsync(new ResumeErasures());
        Assert.True((await MergeAsync()).IsNew);
    }

    [Fact]
    public async Task An_erasure_that_begins_between_the_saves_is_not_overtaken()
    {
        await GivenAsync((s_visitor, "a"), (Some.Ann, "b"));
        World.Profiles.Saving = async profiles =>
        {
            if (profiles[0].MergedInto is null)
                return;
            World.Profiles.Heal();
            await World.Erasures.BeginAsync(Some.Ann, Some.Noon, CancellationToken.None);
        };
        await RefusedAsync(s_visitor, Some.Ann, "being erased");
        await World.SendAsync(new ResumeErasures());
        Assert.Equal(1, (await World.SendAsync(new GetProfile(s_visitor)))!.InteractionCount);
        Assert.Null(await World.SendAsync(new GetProfile(Some.Ann)));
    }

    private async Task<Interaction[]> GivenAsync(params (UserId User, string Item)[] events)
    {
        Interaction[] log = [.. events.Select((one, i) => Some.Interaction(i + 1, one.User, one.Item, $"e{i}"))];
        await World.Log.AppendAsync(log, CancellationToken.None);
        log = [.. await World.LoggedAsync()];
        await World.SendAsync(new UpdateProfiles(log, []));
        return log;
    }

    private Task<MergedUser> MergeAsync() => World.SendAsync(new MergeUsers(s_visitor, Some.Ann));

    private async Task RefusedAsync(UserId anonymous, UserId user, string message)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => World.SendAsync(new MergeUsers(anonymous, user)));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }
}
