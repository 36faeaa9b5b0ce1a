using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Items;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Recommendations;

/// <summary>What a user is shown, and what stands in when the best is not to be had.</summary>
public sealed class RecommendTests : InWorld
{
    [Fact]
    public async Task The_stored_list_is_shown_while_the_profile_has_not_changed()
    {
        await GivenAsync("x", "y");

        var shown = await RecommendAsync();

        Assert.Equal(
            (ListSource.Batch, Some.Model, Some.Noon.AddDays(-1)),
            (shown.Source, shown.Model!.Value, shown.UpdatedAt)
        );
        Assert.Equal(["x", "y"], Ids(shown));
        Assert.Empty(World.Ranker.Requests);
    }

    [Fact]
    public async Task A_new_event_has_the_items_ranked_now_from_the_whole_history()
    {
        await GivenAsync("x", "y");
        await World.SendAsync(new UpdateProfiles([Some.Interaction(2, item: "a")], []));

        var shown = await RecommendAsync();

        Assert.Equal((ListSource.Realtime, Some.Noon), (shown.Source, shown.UpdatedAt));
        Assert.Equal(["b", "c"], Ids(shown));
        Assert.Equal(
            ["a", "seen"],
            Assert.Single(Assert.Single(World.Ranker.Requests).Users).History.Select(recent => recent.ItemId.Value)
        );
    }

    [Fact(Timeout = 60_000)]
    public async Task A_ranker_that_is_slow_is_given_up_after_its_budget_and_the_stored_list_is_marked_stale()
    {
        await GivenAsync("x", "y");
        await World.SendAsync(new UpdateProfiles([Some.Interaction(2)], []));
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        World.Ranker.Before = (_, _) =>
        {
            asked.SetResult();
            return never.Task;
        };

        var pending = RecommendAsync();
        await asked.Task;
        World.Time.Advance(TimeSpan.FromMilliseconds(149));
        Assert.False(pending.IsCompleted);
        World.Time.Advance(TimeSpan.FromMilliseconds(1));
        var shown = await pending;

        Assert.Equal(ListSource.Stale, shown.Source);
        Assert.Equal(["x", "y"], Ids(shown));
        Assert.Equal(0, World.Time.Waiting);
    }

    [Fact]
    public async Task Who_has_no_stored_list_gives_a_slow_ranker_more_time()
    {
        await GivenASlowRankerAsync(TimeSpan.FromSeconds(4));

        Assert.Equal(ListSource.Realtime, (await RecommendAsync()).Source);
    }

    [Fact]
    public async Task Who_has_no_stored_list_gets_a_sentence_when_that_time_has_passed()
    {
        await GivenASlowRankerAsync(TimeSpan.FromSeconds(5));

        var problem = await Assert.ThrowsAsync<RankerUnavailableException>(() => RecommendAsync());
        Assert.Contains("within 5000 ms", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ranker_or_its_store_that_is_down_leaves_the_stale_list()
    {
        await GivenAsync("x", "y");
        await World.SendAsync(new UpdateProfiles([Some.Interaction(2)], []));
        UnavailableException[] problems = [new RankerUnavailableException("Down."), Fault.StoreDown];

        foreach (var problem in problems)
        {
            World.Ranker.Before = (_, _) => Fault.Throw(problem);
            Assert.Equal(ListSource.Stale, (await RecommendAsync()).Source);
        }
    }

    [Fact]
    public async Task A_user_whom_the_ranker_failed_gets_the_stale_list()
    {
        await GivenAsync("x", "y");
        await World.SendAsync(new UpdateProfiles([Some.Interaction(2)], []));
        World.Ranker.Failing.Add(Some.Ann);

        Assert.Equal(ListSource.Stale, (await RecommendAsync()).Source);
    }

    [Fact]
    public async Task A_ranker_that_is_down_is_said_where_there_is_no_stored_list()
    {
        World.Ranker.Before = (_, _) => Fault.Throw(new RankerUnavailableException("The endpoint is down."));

        await Assert.ThrowsAsync<RankerUnavailableException>(() => RecommendAsync());
    }

    [Fact]
    public async Task A_stored_list_that_is_too_short_but_current_stands_in_as_itself()
    {
        await GivenAsync("x", "y");
        World.Ranker.Before = (_, _) => Fault.Throw(new RankerUnavailableException("Down."));

        Assert.Equal(ListSource.Batch, (await RecommendAsync(count: 5)).Source);
    }

    [Fact]
    public async Task The_callers_cancellation_is_not_taken_for_a_slow_ranker()
    {
        await GivenAsync("x", "y");
        await World.SendAsync(new UpdateProfiles([Some.Interaction(2)], []));
        using var stop = new CancellationTokenSource();
        World.Ranker.Before = async (_, cancellation) =>
        {
            await stop.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            World.SendAsync(new Recommend(Some.Ann), stop.Token)
        );
    }

    [Fact]
    public async Task No_history_gives_the_popular_items()
    {
        await World.PointAtAsync(Some.Model);

        var shown = await RecommendAsync(count: 3);

        Assert.Equal((ListSource.Popular, Some.Ann), (shown.Source, shown.User!.Value));
        Assert.Equal(["a", "b", "c"], Ids(shown));
    }

    [Fact]
    public async Task An_erased_user_gets_the_popular_items_even_if_the_list_is_still_there()
    {
        await GivenAsync("x", "y");
        await World.SendAsync(new ForgetUser(Some.Ann));
        await World.GivenListAsync(Some.Ann, "x");

        Assert.Equal(ListSource.Popular, (await RecommendAsync()).Source);
    }

    [Fact]
    public async Task Seen_and_unavailable_items_are_left_out_of_the_stored_list()
    {
        await GivenAsync("x", "seen", "gone", "y");
        await World.Catalog.PutAsync(
            [new CatalogItem(Some.Item("gone"), null, [], Available: false)],
            CancellationToken.None
        );

        Assert.Equal(["x", "y"], Ids(await RecommendAsync()));
    }

    [Fact]
    public async Task Seen_items_are_shown_where_repeats_are_allowed()
    {
        await using var world = World.Open(options => options.AllowRepeats = true);
        await world.PointAtAsync(Some.Model);
        await world.SendAsync(new UpdateProfiles([Some.Interaction(1, item: "a")], []));

        Assert.Contains("a", Ids(await world.SendAsync(new Recommend(Some.Ann))));
    }

    [Fact]
    public async Task Items_and_reasons_carry_their_titles()
    {
        await GivenAsync("x", "y");
        await World.Catalog.PutAsync(
            [new CatalogItem(Some.Item("x"), "Tea cup", []), new CatalogItem(Some.Item("seen"), "Saucer", [])],
            CancellationToken.None
        );

        var shown = await RecommendAsync();

        Assert.Equal(["Tea cup", null], shown.Items.Select(item => item.Title));
        Assert.Equal(new TitledItem(Some.Item("seen"), "Saucer"), Assert.Single(shown.Items[0].Because));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public async Task A_count_out_of_range_is_refused(int count) =>
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => RecommendAsync(count));

    private static IEnumerable<string> Ids(ShownList shown) => shown.Items.Select(item => item.ItemId.Value);

    private Task<ShownList> RecommendAsync(int count = 2) => World.SendAsync(new Recommend(Some.Ann, count));

    /// <summary>Ann has seen one item, and has a list made from that.</summary>
    /// <summary>A user without a stored list, and a ranker that takes some of the clock's time.</summary>
    private async Task GivenASlowRankerAsync(TimeSpan time)
    {
        await World.PointAtAsync(Some.Model);
        await World.SendAsync(new UpdateProfiles([Some.Interaction(1)], []));
        World.Ranker.Before = (_, cancellation) =>
        {
            World.Time.Advance(time);
            cancellation.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        };
    }

    private async Task GivenAsync(params string[] items)
    {
        await World.PointAtAsync(Some.Model);
        await World.SendAsync(new UpdateProfiles([Some.Interaction(1, item: "seen")], []));
        var list = await World.GivenListAsync(Some.Ann);
        var ranked = items.Select(
            (id, i) => new RankedItem(Some.Item(id), Score.Of(1.0 / (i + 1)), [Some.Item("seen")])
        );
        await World.Lists.SaveAsync(
            [list with { Items = RankedItems.From(ranked, items.Length) }],
            CancellationToken.None
        );
    }
}
