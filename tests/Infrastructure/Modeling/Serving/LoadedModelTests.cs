using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Modeling.Serving;

namespace Recommendation.Modeling.Tests.Serving;

public class LoadedModelTests
{
    [Fact]
    public async Task Contributions_add_up_to_the_score_that_the_ranker_gives()
    {
        var model = await Load();
        var user = new RankUser(
            UserId.Parse("u"),
            [
                Some.Recent("a1", "purchase"),
                Some.Recent("a2"),
                Some.Recent("b3", "dislike"),
                Some.Recent("a2"),
                Some.Recent("unknown"),
            ],
            100,
            []
        );
        var ranking = (await model.RankAsync(new RankUsers([user], null, Some.Noon), CancellationToken.None)).Rankings[
            0
        ];

        Assert.NotEmpty(ranking.Items);
        foreach (var item in ranking.Items)
        {
            var explanation = model.Explain(user.History, item.ItemId);
            Assert.Equal(item.Score.Value, explanation.Score, 1e-5 * Math.Abs(item.Score.Value) + 1e-9);
            Assert.Equal(
                explanation.Score,
                explanation.Contributions.Sum(one => one.HistoryWeight * one.ItemWeight),
                1e-12
            );
            Assert.Equal(
                item.Because,
                explanation.Contributions.Where(one => one.Amount > 0).Take(3).Select(one => one.Source)
            );
        }
        Assert.Contains(
            ranking.Items,
            item => model.Explain(user.History, item.ItemId).Contributions.Any(one => one.Amount < 0)
        );
    }

    [Fact]
    public async Task Contributions_add_up_with_order_and_repeats_too_and_a_repeat_gives_its_item_as_the_reason()
    {
        using var artefact = new MemoryStream(
            await Some.Artefact(
                Shapes.Shape.Habits(users: 80),
                options => (options.Search, options.AllowRepeats, options.DenseLimitItems) = (true, true, 0)
            )
        );
        var model = await LoadedModel.FromArtefactAsync(artefact, EventTypeSettings.Default, CancellationToken.None);
        var user = Some.Query("u", 100, "i1", "i2", "i1", "i3") with { AllowRepeats = true };
        var ranking = (await model.RankAsync(new RankUsers([user], null, Some.Noon), CancellationToken.None)).Rankings[
            0
        ];

        Assert.Equal(ItemId.Parse("i1"), ranking.Items[0].ItemId);
        Assert.Equal(ItemId.Parse("i1"), ranking.Items[0].Because[0]);
        foreach (var item in ranking.Items)
            Assert.Equal(
                item.Score.Value,
                model.Explain(user.History, item.ItemId).Score,
                1e-4 * item.Score.Value + 1e-9
            );
        Assert.DoesNotContain(model.Similar(ItemId.Parse("i1"), 5), item => item.ItemId == ItemId.Parse("i1"));
    }

    [Fact]
    public async Task Nothing_is_said_of_an_item_that_the_model_does_not_know()
    {
        var explanation = (await Load()).Explain([Some.Recent("a1")], ItemId.Parse("unknown"));

        Assert.Equal(0, explanation.Score);
        Assert.Empty(explanation.Contributions);
    }

    [Fact]
    public async Task Similar_items_are_those_of_the_same_taste()
    {
        var model = await Load();

        var items = model.Similar(ItemId.Parse("b3"), 3);
        Assert.Equal(3, items.Count);
        Assert.All(items, item => Assert.StartsWith("b", item.ItemId.Value, StringComparison.Ordinal));
        Assert.Empty(model.Similar(ItemId.Parse("unknown"), 3));
    }

    [Fact]
    public async Task What_if_says_which_items_would_come_and_go()
    {
        var model = await Load();
        var user = Some.Query("u", 5, "a1", "a2");

        var change = model.WhatIf(user, [Some.Recent("b1", "purchase"), Some.Recent("b2", "purchase")]);
        Assert.Contains(change.Entering, item => item.Value.StartsWith('b'));
        Assert.NotEmpty(change.Leaving);
        Assert.All(change.Leaving, item => Assert.Contains(change.Before, before => before.ItemId == item));
        var same = model.WhatIf(user, []);
        Assert.Equal(same.Before, same.After);
        Assert.Empty(same.Entering);
    }

    [Fact]
    public async Task It_refuses_to_answer_for_another_model()
    {
        var model = await Load();
        var request = new RankUsers([Some.Query("u", 5, "a1")], model.Version, Some.Noon);

        Assert.Equal(model.Version, (await model.RankAsync(request, CancellationToken.None)).Model);
        await Assert.ThrowsAsync<RankerUnavailableException>(
            () => model.RankAsync(request with { Model = ModelVersion.Parse("other") }, CancellationToken.None));
    }

    private static async Task<LoadedModel> Load()
    {
        using var artefact = new MemoryStream(await Some.Artefact(Some.TwoTastes()));
        return await LoadedModel.FromArtefactAsync(artefact, EventTypeSettings.Default, CancellationToken.None);
    }
}
