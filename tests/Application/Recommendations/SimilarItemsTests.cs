using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Items;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Recommendations;

/// <summary>What goes with an item, and lists as they leave the system.</summary>
public sealed class SimilarItemsTests : InWorld
{
    [Fact]
    public async Task They_are_what_somebody_who_saw_only_that_item_would_get()
    {
        await World.PointAtAsync(Some.Model);
        await World.Catalog.PutAsync(
            [
                new CatalogItem(Some.Item("b"), "Tea cup", []),
                new CatalogItem(Some.Item("c"), null, [], Available: false),
            ],
            CancellationToken.None
        );

        var similar = await World.SendAsync(new SimilarItems(Some.Item("a"), 2));

        Assert.Equal(["b", "d"], similar.Items.Select(item => item.ItemId.Value));
        Assert.Equal(("Tea cup", Some.Model), (similar.Items[0].Title, similar.Model!.Value));
        Assert.Null(similar.User);
    }

    [Theory]
    [InlineData(true, "does not know item 'a'")]
    [InlineData(false, "There is no model yet")]
    public async Task An_item_that_no_model_knows_is_said(bool model, string message)
    {
        if (model)
            await World.PointAtAsync(Some.Model);
        World.Ranker.Unknown.Add(Domain.Interactions.UserId.Parse("similar-items"));

        var problem = await Assert.ThrowsAsync<RefusedException>(() =>
            World.SendAsync(new SimilarItems(Some.Item("a")))
        );

        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_basket_none_of_its_items_is_shown()
    {
        await World.PointAtAsync(Some.Model);

        var similar = await World.SendAsync(new SimilarItems([Some.Item("a"), Some.Item("c"), Some.Item("a")], 3));

        Assert.Equal(["b", "d", "e"], similar.Items.Select(item => item.ItemId.Value));
        var asked = World.Ranker.Requests[0].Users[0].History.Select(one => one.ItemId.Value);
        Assert.Equal(["a", "c"], asked.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task A_basket_out_of_range_is_refused(int items) =>
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() =>
            World.SendAsync(new SimilarItems([.. Enumerable.Range(0, items).Select(item => Some.Item($"i{item}"))]))
        );

    [Theory]
    [InlineData(SimilarBy.Both, true)]
    [InlineData(SimilarBy.Content, true)]
    [InlineData(SimilarBy.Behaviour, false)]
    public async Task An_item_that_the_model_does_not_know_is_answered_from_its_content(SimilarBy by, bool answers)
    {
        await using var world = await ContentWorldAsync();
        await world.Catalog.PutAsync([new CatalogItem(Some.Item("new"), "Tea cup", [])], CancellationToken.None);
        world.Ranker.Unknown.Add(Domain.Interactions.UserId.Parse("similar-items"));

        var request = new SimilarItems([Some.Item("new")], 2, new ListFilter(Items("x1")), by);
        if (answers)
            Assert.Equal(
                ["x0", "x2"], (await world.SendAsync(request)).Items.Select(item => item.ItemId.Value));
        else
            await Assert.ThrowsAsync<RefusedException>(() => world.SendAsync(request));
    }

    [Fact]
    public async Task An_item_that_the_catalogue_does_not_know_has_no_content()
    {
        await using var world = await ContentWorldAsync();

        var problem = await Assert.ThrowsAsync<RefusedException>(() =>
            world.SendAsync(new SimilarItems([Some.Item("new")], By: SimilarBy.Content))
        );

        Assert.Contains("Nothing resembles item 'new'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_by_content_is_asked_for_more_until_the_filter_lets_enough_through()
    {
        await using var world = await ContentWorldAsync();
        await world.Catalog.PutAsync(
            [
                new CatalogItem(Some.Item("new"), "Tea cup", []),
                new CatalogItem(Some.Item("x2999"), null, ["rare"]),
            ],
            CancellationToken.None
        );

        var similar = await world.SendAsync(
            new SimilarItems([Some.Item("new")], 1, new ListFilter(Categories: ["rare"]), SimilarBy.Content)
        );

        Assert.Equal(["x2999"], similar.Items.Select(item => item.ItemId.Value));
    }

    [Fact]
    public async Task A_ranker_that_failed_is_said()
    {
        World.Ranker.Failing.Add(Domain.Interactions.UserId.Parse("similar-items"));

        await Assert.ThrowsAsync<RankerUnavailableException>(() => World.SendAsync(new SimilarItems(Some.Item("a"))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_count_out_of_range_is_refused(int count) =>
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() =>
            World.SendAsync(new SimilarItems(Some.Item("a"), count))
        );

    [Fact]
    public async Task Every_list_is_exported_with_the_references_names()
    {
        await World.GivenListAsync(Some.Ann, "x");

        var list = await (await World.SendAsync(new ExportRecommendations())).Lists.SingleAsync();

        Assert.Equal(
            """
            {"userId":"ann","recommendations":[{"itemId":"x","score":1,"because":[]}],"lastUpdated":"2026-02-28T12:00:00.000Z",
            "modelVersion":"m1","runId":null,"source":"batch","profileVersion":1}
            """.ReplaceLineEndings(""),
            JsonSerializer.Serialize(
                RecommendationDocument.From(list),
                RecommendationJson.Default.RecommendationDocument
            )
        );
    }

    [Fact]
    public void The_names_of_sources_can_be_read_back()
    {
        foreach (var source in Enum.GetValues<Domain.Recommendations.ListSource>())
            Assert.Equal(source, ListSourceText.Parse(source.ToText()));
        Assert.Null(ListSourceText.Parse("Batch"));
    }

    private static HashSet<Domain.Interactions.ItemId> Items(params string[] ids) => [.. ids.Select(Some.Item)];

    /// <summary>A world in which x0, x1 … x2999 resemble every item, in this order.</summary>
    private static async Task<World> ContentWorldAsync()
    {
        var content = Substitute.For<IContentRanker>();
        content.RankAsync(default!, default, default).ReturnsForAnyArgs(call => new ContentRanking(
            Some.Model,
            RankedItems.FromStored([
                .. Enumerable.Range(0, Math.Min(3000, call.Arg<int>()))
                    .Select(item => new RankedItem(Some.Item($"x{item}"), Score.Of(1 - (item / 3000.0)))),
            ])));
        var world = World.Open(replace: services => services.AddSingleton(content));
        await world.PointAtAsync(Some.Model);
        return world;
    }
}
