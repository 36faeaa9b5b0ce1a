using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;

namespace Recommendation.Modeling.Tests.Explaining;

public class LoadedModelTests
{
    [Fact]
    public async Task Contributions_add_up_to_the_score_that_the_ranker_gives()
    {
        var model = await Load();
        var user = new RankUser(
            UserId.Parse("u"),
            [Some.Recent("a1", "purchase"), Some.Recent("a2"), Some.Recent("b3", "dislike"), Some.Recent("a2"), Some.Recent("unknown")],
            100, []);
        var ranking = (await model.RankAsync(new RankUsers([user], null, Some.Noon), CancellationToken.None)).Rankings[0];

        Assert.NotEmpty(ranking.Items);
        foreach (var item in ranking.Items)
        {
            var explanation = model.Explain(user.Recent, item.ItemId);
            Assert.Equal(item.Score.Value, explanation.Score, 1e-5 * Math.Abs(item.Score.Value) + 1e-9);
            Assert.Equal(explanation.Score, explanation.Contributions.Sum(one => one.HistoryWeight * one.ItemWeight), 1e-12);
            Assert.Equal(item.Because, explanation.Contributions.Where(one => one.Amount > 0).Take(3).Select(one => one.Source));
        }
        Assert.Contains(ranking.Items, item => model.Explain(user.Recent, item.ItemId).Contributions.Any(one => one.Amount < 0));
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
        return await LoadedModel.FromArtefactAsync(artefact, InteractionWeights.Default, CancellationToken.None);
    }
}
