using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Items;

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
}
