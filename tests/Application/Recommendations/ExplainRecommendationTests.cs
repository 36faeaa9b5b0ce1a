using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Recommendations;

/// <summary>Every score explains itself, and where there is none a sentence says why.</summary>
public sealed class ExplainRecommendationTests : InWorld
{
    private static readonly ItemId s_item = ItemId.Parse("target");

    [Fact]
    public async Task Contributions_come_with_titles_and_events_and_add_up_to_the_score_exactly()
    {
        await SeeAsync("i1", "i2", "i1");
        await World.Catalog.PutAsync([new CatalogItem(ItemId.Parse("i1"), "One", [], true)], CancellationToken.None);
        World.Explainer.Answer = Explanation(0.123457, place: 3, ("i1", 0.1 / 3), ("i2", 0.0901236));

        var explained = await ExplainAsync();

        Assert.Equal((ExplainedOutcome.Listed, 3), (explained.Outcome, explained.Place));
        Assert.Equal("target is number 3 for ann.", explained.Sentence);
        Assert.Equal((decimal)explained.Score!.Value.Value, explained.Contributions.Sum(one => one.Amount));
        var first = explained.Contributions[0];
        Assert.Equal(("One", 2, Some.Noon.AddSeconds(3)), (first.Source.Title, first.Events, first.LastAt));
    }

    [Fact]
    public async Task It_says_what_becomes_of_an_item_that_is_not_listed()
    {
        await SeeAsync("i1", "target");
        World.Explainer.Answer = Explanation(0.5, place: null, ("i1", 0.5));
        var seen = await ExplainAsync();
        Assert.Equal((ExplainedOutcome.Seen, 1), (seen.Outcome, seen.Contributions.Count));
        Assert.Contains("view, 2026-03-01T12:00:02.000Z", seen.Sentence, StringComparison.Ordinal);

        await World.Catalog.PutAsync([new CatalogItem(s_item, null, [], false)], CancellationToken.None);
        Assert.Equal(ExplainedOutcome.Unavailable, (await ExplainAsync()).Outcome);
        Assert.Contains(s_item, World.Explainer.Asked!.Exclude);
    }

    [Fact]
    public async Task It_says_that_nothing_speaks_for_an_item_and_that_the_model_does_not_know_it()
    {
        await SeeAsync("i1");
        World.Explainer.Answer = Explanation(-0.25, place: null, ("i1", -0.25));
        var disliked = await ExplainAsync();
        Assert.Equal((ExplainedOutcome.Unrelated, -0.25m), (disliked.Outcome, disliked.Contributions[0].Amount));

        World.Explainer.Answer = Explanation(0, place: null) with { KnowsItem = false };
        var unknown = await ExplainAsync();
        Assert.Equal((ExplainedOutcome.UnknownItem, null), (unknown.Outcome, unknown.Score));
        Assert.Contains("does not know target", unknown.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_gets_the_popular_items_is_told_why()
    {
        var none = await ExplainAsync();
        Assert.Equal((ExplainedOutcome.Popular, null), (none.Outcome, none.Model));
        Assert.Contains("no model yet", none.Sentence, StringComparison.Ordinal);

        World.Explainer.Answer = Explanation(0, place: null) with { KnowsHistory = false };
        Assert.Contains("Nothing is known of ann", (await ExplainAsync()).Sentence, StringComparison.Ordinal);

        await SeeAsync("i1");
        var stranger = await ExplainAsync();
        Assert.Equal((ExplainedOutcome.Popular, null), (stranger.Outcome, stranger.Score));
        Assert.Contains("knows none of the items", stranger.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_place_is_that_of_the_list_that_is_served()
    {
        await World.PointAtAsync(Some.Model);
        await SeeAsync("i1");
        (World.Ranker.Items, World.Ranker.Popular) = (["a", "target"], ["i1", "b", "c"]);
        World.Explainer.Answer = Explanation(0.5, place: 7, ("i1", 0.5));
        var listed = await ExplainAsync();
        Assert.Equal((ExplainedOutcome.Listed, 2), (listed.Outcome, listed.Place));

        (World.Ranker.Items, World.Ranker.Popular) = (["a"], ["i1", "b", "target"]);
        World.Explainer.Answer = Explanation(0, place: null);
        var filled = await ExplainAsync();
        Assert.Equal((ExplainedOutcome.Popular, 3), (filled.Outcome, filled.Place));
        Assert.Contains(
            "number 3 for ann: it is popular, and fills up the list",
            filled.Sentence,
            StringComparison.Ordinal
        );
    }

    private Task<ExplainedItem> ExplainAsync() => World.SendAsync(new ExplainRecommendation(Some.Ann, s_item));

    private async Task SeeAsync(params string[] items)
    {
        await World.Log.AppendAsync(
            [.. items.Select((item, i) => Some.Interaction(i + 1, item: item))],
            CancellationToken.None
        );
        await World.SendAsync(new CatchUpProfiles("local"));
    }

    private static ScoreExplanation Explanation(
        double score,
        int? place,
        params (string Source, double Amount)[] parts
    ) =>
        new(
            Some.Model,
            KnowsItem: true,
            KnowsHistory: true,
            Score.Of(score),
            place,
            [.. parts.Select(part => new ScoreContribution(ItemId.Parse(part.Source), 1, part.Amount, part.Amount))]
        );
}
