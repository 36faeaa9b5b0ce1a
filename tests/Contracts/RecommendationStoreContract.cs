using Recommendation.Application.Ports;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Contracts;

/// <summary>What every store of recommendation lists does.</summary>
public abstract class RecommendationStoreContract : Contract<IRecommendationStore>
{
    [Fact]
    public async Task A_user_without_a_list_has_none() => Assert.Null(await Port.FindAsync(Some.User(), None));

    [Fact]
    public async Task A_list_comes_back_whole()
    {
        var list = Some.RecommendationsFor(items: 100);
        Assert.Equal([SaveOutcome.Saved], await Port.SaveAsync([list], None));
        Same.List(list, await Port.FindAsync(list.UserId, None));
    }

    [Fact]
    public async Task The_version_of_merged_profiles_comes_back()
    {
        var list = Some.RecommendationsFor() with { MergedVersion = 12 };
        await Port.SaveAsync([list], None);
        Same.List(list, await Port.FindAsync(list.UserId, None));
    }

    [Theory]
    [InlineData(ListSource.Popular)]
    [InlineData(ListSource.Batch)]
    [InlineData(ListSource.Realtime)]
    [InlineData(ListSource.Stale)]
    public async Task What_is_absent_stays_absent_whatever_the_source(ListSource source)
    {
        var list = Some.RecommendationsFor() with
        {
            Items = RankedItems.None,
            ModelVersion = null,
            RunId = null,
            ProfileVersion = 0,
            Source = source,
        };
        await Port.SaveAsync([list], None);
        Same.List(list, await Port.FindAsync(list.UserId, None));
    }

    [Fact]
    public async Task Scores_come_back_as_they_were()
    {
        double[] scores = [1e300, 123456, 0.333333, 1e-9, 0, -1e-9, -0.5, -1e300];
        var list = Some.RecommendationsFor() with
        {
            Items = RankedItems.From(
                scores.Select((score, i) => new RankedItem(Some.Item($"i{i}"), Score.Of(score))),
                100
            ),
        };
        await Port.SaveAsync([list], None);
        Same.List(list, await Port.FindAsync(list.UserId, None));
    }

    [Fact]
    public async Task Items_that_fill_up_a_list_come_back_marked_and_in_their_place()
    {
        var list = Some.RecommendationsFor() with
        {
            Items = RankedItems.FromStored(
            [
                new RankedItem(Some.Item("ranked"), Score.Of(0.1), [Some.Item("seen")]),
                new RankedItem(Some.Item("popular"), Score.Of(1)) { Source = ListSource.Popular },
                new RankedItem(Some.Item("less"), Score.Of(0.5)) { Source = ListSource.Popular },
            ]),
        };
        await Port.SaveAsync([list], None);
        Same.List(list, await Port.FindAsync(list.UserId, None));
    }

    [Fact]
    public async Task A_save_replaces_the_list()
    {
        await Port.SaveAsync([Some.RecommendationsFor(items: 50)], None);
        var list = Some.RecommendationsFor(items: 2) with { ProfileVersion = 8 };
        await Port.SaveAsync([list], None);
        Same.List(list, await Port.FindAsync(list.UserId, None));
        Assert.Single(await ListAsync(Port.AllAsync(None)));
    }

    [Fact]
    public async Task Many_lists_are_saved_and_all_are_listed()
    {
        var lists = Enumerable.Range(0, 450).Select(i => Some.RecommendationsFor($"user-{i}", i % 5)).ToList();
        var outcomes = await Port.SaveAsync(lists, None);
        Assert.Equal(lists.Select(_ => SaveOutcome.Saved), outcomes);
        var all = await ListAsync(Port.AllAsync(None));
        Assert.Equal(lists.OrderBy(list => list.UserId), all.OrderBy(list => list.UserId));
    }

    [Fact]
    public async Task Odd_ids_are_users_of_their_own()
    {
        await Port.SaveAsync([.. Some.OddIds.Select(id => Some.RecommendationsFor(id) with
        {
            Items = RankedItems.From([new RankedItem(Some.Item(id), Score.Of(1), [Some.Item(id)])], 1),
        })], None);
        foreach (var id in Some.OddIds)
            Assert.Equal(id, (await Port.FindAsync(Some.User(id), None))!.Items[0].ItemId.Value);
    }

    [Fact]
    public async Task Forgetting_deletes_the_users_list_and_no_other()
    {
        await Port.SaveAsync([Some.RecommendationsFor("u1"), Some.RecommendationsFor("u2")], None);
        await Port.ForgetAsync(Some.User("u1"), None);
        await Port.ForgetAsync(Some.User("nobody"), None);
        Assert.Null(await Port.FindAsync(Some.User("u1"), None));
        Assert.NotNull(await Port.FindAsync(Some.User("u2"), None));
    }

    [Fact]
    public async Task Saving_nothing_answers_nothing() => Assert.Empty(await Port.SaveAsync([], None));

    [Fact]
    public async Task A_cancelled_call_stops_waiting()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Port.FindAsync(Some.User(), Cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Port.SaveAsync([Some.RecommendationsFor()], Cancelled)
        );
    }
}
