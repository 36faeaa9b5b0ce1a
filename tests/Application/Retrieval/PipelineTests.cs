using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Retrieval;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Retrieval;

/// <summary>How often the ranker is called, and for whom.</summary>
public sealed class PipelineTests : InWorld
{
    private static readonly IReadOnlySet<ItemId> s_none = new HashSet<ItemId>();

    [Fact]
    public async Task Items_acted_on_beyond_the_history_are_left_out_and_those_left_short_are_asked_for_again_doubled()
    {
        await World.PointAtAsync(Some.Model);
        World.Ranker.Items = [.. Enumerable.Range(0, 100).Select(Catalogue.Id)];
        var (full, left) = (ListOf(Some.Ann, actedOn: 0), ListOf(Some.Bob, actedOn: 25));

        await Services.RetrieveAsync([full, left], new RetrievalContext(null, Some.Noon), CancellationToken.None);

        Assert.Equal(
            [
                [10, 10],
                [20],
                [40],
            ],
            World.Ranker.Requests.Select(request => request.Users.Select(user => user.Count))
        );
        Assert.Equal(Enumerable.Range(0, 10).Select(Catalogue.Id), full.Chosen.Select(item => item.Item.ItemId.Value));
        Assert.Equal(Enumerable.Range(25, 10).Select(Catalogue.Id), left.Chosen.Select(item => item.Item.ItemId.Value));
    }

    [Fact]
    public async Task A_later_call_that_fails_leaves_what_there_is_and_the_reason()
    {
        await World.PointAtAsync(Some.Model);
        World.Ranker.Items = [.. Enumerable.Range(0, 100).Select(Catalogue.Id)];
        var (full, left) = (ListOf(Some.Ann, actedOn: 0), ListOf(Some.Bob, actedOn: 5));
        GivenOnlyTheFirstCallSucceeds();

        await Services.RetrieveAsync([full, left], new RetrievalContext(null, Some.Noon), CancellationToken.None);

        Assert.Equal((null, "Down.", 5), (full.Error, left.Error, left.Chosen.Count));
    }

    [Fact]
    public async Task A_run_stores_full_lists_with_one_more_call_for_all_users_left_short()
    {
        var users = await World.GivenActiveAsync(5);
        (World.Ranker.Items, World.Ranker.Popular) = (["a", "b"], ["b", "seen", "c"]);

        var result = await World.PlanAndRankAsync();

        Assert.Equal(5, result.Counts.Ranked);
        Assert.Equal([5, 1], World.Ranker.Requests.Select(request => request.Users.Count));
        foreach (var user in users)
        {
            var list = (await World.ListAsync(user))!;
            Assert.Equal(ListSource.Batch, list.Source);
            Assert.Equal(
                [("a", null), ("b", null), ("c", ListSource.Popular)],
                list.Items.Select(item => (item.ItemId.Value, item.Source)));
        }
    }

    [Fact]
    public async Task A_list_that_can_not_be_filled_up_holds_what_was_ranked()
    {
        var users = await World.GivenActiveAsync(2);
        World.Ranker.Items = ["a", "b"];
        GivenOnlyTheFirstCallSucceeds();

        var result = await World.PlanAndRankAsync();

        Assert.Equal((2, 0), (result.Counts.Ranked, result.Counts.Failed));
        Assert.Equal(Some.Items("a", "b"), (await World.ListAsync(users[0]))!.Items);
    }

    private void GivenOnlyTheFirstCallSucceeds() => World.Ranker.Before = (_, _) => World.Ranker.Requests.Count > 1
        ? Fault.Throw(new RankerUnavailableException("Down.")) : Task.CompletedTask;

    private RetrievalPipeline Services => World.Services.GetRequiredService<RetrievalPipeline>();

    private static ListRetrieval ListOf(UserId user, int actedOn) =>
        new(
            new RankUser(
                user,
                [new HistoryEntry(Some.Item("x"), InteractionType.View, Some.Noon)],
                Count: 10,
                Exclude: []
            ),
            count: 10,
            new Eligibility(s_none, new FirstItems(actedOn), ListFilter.None)
        );

    private sealed class FirstItems(int count) : ActedOnItems
    {
        public override bool Contains(ItemId item) => string.CompareOrdinal(item.Value, Catalogue.Id(count)) < 0;
    }
}
