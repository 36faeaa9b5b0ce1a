using FluentValidation;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Recommendations;

/// <summary>What would be, without its being.</summary>
public sealed class PreviewEventTests : InWorld
{
    [Fact]
    public async Task It_tells_what_enters_leaves_and_moves_and_leaves_everything_as_it_was()
    {
        await World.PointAtAsync(Some.Model);
        await World.Log.AppendAsync([Some.Interaction(1, item: "c")], CancellationToken.None);
        await World.SendAsync(new CatchUpProfiles("local"));
        var profile = await World.ProfileAsync(Some.Ann);

        var preview = await World.SendAsync(
            new PreviewEvent(Some.Ann, ItemId.Parse("a"), InteractionType.Purchase, Count: 3)
        );

        Assert.Equal(
            (Some.Model, "a", "purchase"),
            (preview.Model!.Value, preview.Item.ItemId.Value, preview.Type.Value)
        );
        Assert.Equal(["a", "b", "d"], preview.Before.Select(item => item.ItemId.Value));
        Assert.Equal(["b", "d", "e"], preview.After.Select(item => item.ItemId.Value));
        Assert.Equal(
            [("b", 2, 1), ("d", 3, 2), ("e", null, 3), ("a", 1, null)],
            preview.Changes.Select(change => (change.Item.ItemId.Value, change.From, change.To)));
        Assert.Equal(profile, await World.ProfileAsync(Some.Ann));
        Assert.Single(await World.LoggedAsync());
    }

    [Fact]
    public async Task The_event_is_the_newest_of_the_history_that_is_ranked()
    {
        await World.Log.AppendAsync(
            [Some.Interaction(1, item: "c", at: Some.Noon.AddHours(-1))],
            CancellationToken.None
        );
        await World.SendAsync(new CatchUpProfiles("local"));

        await World.SendAsync(new PreviewEvent(Some.Ann, ItemId.Parse("x"), InteractionType.Like));

        var asked = World.Ranker.Requests[0].Users;
        Assert.Equal(["c"], asked[0].History.Select(recent => recent.ItemId.Value));
        Assert.Equal(
            [("x", "like"), ("c", "view")],
            asked[1].History.Select(recent => (recent.ItemId.Value, recent.Type.Value))
        );
        Assert.NotEqual(asked[0].UserId, asked[1].UserId);
    }

    [Fact]
    public async Task Somebody_unknown_can_be_asked_about_too()
    {
        await World.PointAtAsync(Some.Model);
        var preview = await World.SendAsync(new PreviewEvent(Some.Bob, ItemId.Parse("x"), InteractionType.View));
        Assert.Equal(5, preview.After.Count);
        await Assert.ThrowsAsync<ValidationException>(() =>
            World.SendAsync(new PreviewEvent(Some.Bob, ItemId.Parse("x"), InteractionType.View, 0))
        );
    }

    [Fact]
    public async Task A_ranker_that_fails_for_one_of_the_two_is_said_to()
    {
        World.Ranker.Failing.Add(UserId.Parse("after"));
        await Assert.ThrowsAsync<RankerUnavailableException>(() =>
            World.SendAsync(new PreviewEvent(Some.Bob, ItemId.Parse("x"), InteractionType.View))
        );
    }
}
