using Recommendation.Application.Items;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Scenarios;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Tests.Recommendations;

/// <summary>An item that was deleted is named nowhere: not in a list, a page, a reason or an explanation.</summary>
public sealed class DeletedItemTests : InWorld
{
    private static readonly ItemId s_gone = ItemId.Parse("gone");
    private static readonly ItemId s_kept = ItemId.Parse("kept");

    [Fact]
    public async Task No_route_names_it_as_an_item_or_as_a_reason()
    {
        await PrepareAsync();
        Assert.Contains(s_gone, await NamedAsync());

        await World.SendAsync(new DeleteItems([s_gone]));

        Assert.DoesNotContain(s_gone, await NamedAsync());
        Assert.Contains(s_kept, await NamedAsync());
    }

    [Fact]
    public async Task A_reason_that_is_not_available_or_that_the_catalogue_never_had_stays()
    {
        await PrepareAsync();
        await World.Catalog.PutAsync([new CatalogItem(s_gone, "Sold out", [], Available: false)], None);
        Assert.Contains(new TitledItem(s_gone, "Sold out"), (await ListAsync()).Items[0].Because);
        Assert.Contains(new TitledItem(Some.Item("unknown"), null), (await ListAsync()).Items[0].Because);
    }

    [Fact]
    public async Task The_amounts_of_an_explanation_still_add_up_to_the_score()
    {
        await PrepareAsync();
        await World.SendAsync(new DeleteItems([s_gone]));

        var explained = await World.SendAsync(new ExplainRecommendation(Some.Ann, Some.Item("a")));

        Assert.Equal([s_kept], explained.Contributions.Select(one => one.Source.ItemId));
        Assert.Equal(0.25m, explained.DeletedAmount);
        Assert.Equal(0.75m, explained.DeletedAmount + explained.Contributions.Sum(one => one.Amount));
        var document = ExplanationDocument.From(explained);
        Assert.Equal(0.25m, document.DeletedAmount);
    }

    [Fact]
    public async Task A_cursor_from_before_does_not_lead_to_it_and_it_comes_back_when_it_is_put_again()
    {
        await World.PointAtAsync(Some.Model);
        World.Ranker.Items = ["a", "b", "gone", "c"];
        await World.Catalog.PutAsync([new CatalogItem(s_gone, "Lamp", [])], None);
        var first = await World.SendAsync(new Recommend(Some.Ann, 2));
        var filter = new ListFilter(Seen: SeenItemsCursor.After(null, first));
        Assert.Contains(s_gone, await PageAsync(filter));

        await World.SendAsync(new DeleteItems([s_gone]));
        Assert.Equal(["c"], (await PageAsync(filter)).Select(item => item.Value));
        // A file of sales does not bring it back.
        await World.SendAsync(new FillItems([new CatalogItem(s_gone, "Lamp", [])]));
        Assert.DoesNotContain(s_gone, await PageAsync(filter));

        await World.SendAsync(new PutItems([new ItemChange(s_gone, "Lamp")]));
        Assert.Equal(["gone", "c"], (await PageAsync(filter)).Select(item => item.Value));
    }

    private static CancellationToken None => CancellationToken.None;

    private async Task PrepareAsync()
    {
        await World.PointAtAsync(Some.Model);
        World.Ranker.Items = ["a", "gone", "b"];
        World.Ranker.Because = [s_gone, s_kept, Some.Item("unknown")];
        World.Explainer.Answer = new ScoreExplanation(
            Some.Model, KnowsItem: true, KnowsHistory: true, Score.Of(0.75), 1,
            [new ScoreContribution(s_kept, 1, 0.5, 0.5), new ScoreContribution(s_gone, 1, 0.25, 0.25)]);
        await World.Catalog.PutAsync([new CatalogItem(s_gone, "Lamp", []), new CatalogItem(s_kept, "Cup", [])], None);
        await World.SendAsync(new UpdateProfiles(
            [Some.Interaction(1, item: "gone"), Some.Interaction(2, item: "kept"), Some.Interaction(3, Some.Bob, "b")],
            []));
        var profile = (await World.ProfileAsync(Some.Bob))!;
        await World.Lists.SaveAsync(
            [
                new RecommendationList
                {
                    UserId = Some.Bob,
                    Items = RankedItems.FromStored(
                        [new(Some.Item("a"), Score.Of(1), [s_gone, s_kept]), new(s_gone, Score.Of(0.5), [s_kept])]),
                    Source = ListSource.Batch,
                    UpdatedAt = Some.Noon,
                    ModelVersion = Some.Model,
                    ProfileVersion = profile.Version,
                },
            ],
            None);
    }

    private Task<ShownList> ListAsync() => World.SendAsync(new Recommend(Some.Ann, 10));

    private async Task<List<ItemId>> PageAsync(ListFilter filter) =>
        [.. (await World.SendAsync(new Recommend(Some.Ann, 10, filter))).Items.Select(item => item.ItemId)];

    /// <summary>What all routes name, besides what they were asked for.</summary>
    private async Task<HashSet<ItemId>> NamedAsync()
    {
        var visitor = new RecommendForScenario(ScenarioName.Parse("home"))
        {
            Draft = new Scenario { Pins = [new Pin("gone", 1)] },
            History = [new HistoryEntry(s_kept, InteractionType.View, Some.Noon)],
        };
        var preview = await World.SendAsync(new PreviewEvent(Some.Ann, Some.Item("c"), InteractionType.View));
        ShownList[] lists =
        [
            await ListAsync(),
            await World.SendAsync(new Recommend(Some.Bob, 10)),
            await World.SendAsync(new PopularItems(10)),
            await World.SendAsync(new SimilarItems([s_kept], 10)),
            await World.SendAsync(visitor),
            await World.SendAsync(visitor with { Candidates = [s_gone, Some.Item("a")] }),
            await World.SendAsync(visitor with { Draft = new Scenario { Source = ScenarioSources.Popular } }),
        ];
        var stored = (await World.SendAsync(new ShowUser(Some.Bob))).List!;
        var exported = await (await World.SendAsync(new ExportRecommendations())).Lists.ToListAsync();
        var explained = await World.SendAsync(new ExplainRecommendation(Some.Ann, Some.Item("a")));
        return
        [
            .. lists.SelectMany(list => list.Items).Concat(preview.Before).Concat(preview.After)
                .SelectMany(item => item.Because.Select(reason => reason.ItemId).Prepend(item.ItemId)),
            .. exported.Append(stored).SelectMany(list => list.Items)
                .SelectMany(item => item.Because.Prepend(item.ItemId)),
            .. explained.Contributions.Select(one => one.Source.ItemId),
        ];
    }
}
