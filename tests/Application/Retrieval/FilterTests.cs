using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Retrieval;

/// <summary>A list of n items is short only if fewer than n items are eligible.</summary>
public sealed class FilterTests
{
    [Fact]
    public Task As_many_items_come_back_as_are_asked_for_and_pass_the_filter_over_all_routes() => Always.HoldsAsync(
        Catalogue.Any(3_000),
        async catalogue =>
        {
            await using var world = World.Open();
            await catalogue.PutIntoAsync(world);
            var random = new Random(catalogue.Seed);
            string[][] filters = [[], [Catalogue.Rare], [Catalogue.Even], [Catalogue.Even, Catalogue.Rare], ["RARE"],
                ["unknown"]];
            foreach (var categories in filters)
            {
                var exclude = catalogue.Shuffled(random.Next()).Take(random.Next(0, 20))
                    .ToHashSet(StringComparer.Ordinal);
                var filter = new ListFilter(exclude.Select(Some.Item).ToHashSet(), categories);
                var count = random.Next(1, 120);
                var available = catalogue.Popular.Except(catalogue.UnavailableItems, StringComparer.Ordinal)
                    .Where(item => !exclude.Contains(item) && Passes(catalogue.CategoriesOf(item), categories))
                    .ToHashSet(StringComparer.Ordinal);
                var forAnn = available.Except(catalogue.SeenItems, StringComparer.Ordinal)
                    .ToHashSet(StringComparer.Ordinal);

                Check(await world.SendAsync(new Recommend(Some.Ann, count, filter)), count, forAnn);
                Check(await world.SendAsync(new Recommend(Some.Bob, count, filter)), count, available);
                Check(await world.SendAsync(new PopularItems(count, filter)), count, available);
                var similar = catalogue.Popular[0];
                Check(
                    await world.SendAsync(new SimilarItems(Some.Item(similar), count, filter)), count,
                    [.. available.Where(item => item != similar)]);
            }
        },
        times: 12);

    [Fact]
    public async Task A_niche_taste_gets_as_many_items_as_a_stranger_and_what_fills_up_is_marked()
    {
        await using var world = World.Open();
        await world.PointAtAsync(Some.Model);
        (world.Ranker.Items, world.Ranker.Popular) = (["niche"], [.. Enumerable.Range(0, 30).Select(Catalogue.Id)]);
        await world.SendAsync(new UpdateProfiles([Some.Interaction(1, item: Catalogue.Id(3))], []));

        var list = await world.SendAsync(new Recommend(Some.Ann));

        Assert.Equal(
            ["niche", .. Enumerable.Range(0, 10).Where(number => number != 3).Select(Catalogue.Id)],
            Ids(list)
        );
        Assert.Equal((ListSource.Realtime, null), (list.Source, list.Items[0].Source));
        Assert.All(list.Items.Skip(1), item => Assert.Equal(ListSource.Popular, item.Source));
        Assert.True(list.More);
    }

    [Fact]
    public async Task Items_that_nobody_came_to_yet_are_shown_last_from_every_route()
    {
        await using var world = World.Open();
        await world.PointAtAsync(Some.Model);
        (world.Ranker.Items, world.Ranker.Popular) = (["a"], ["b"]);
        await world.Catalog.PutAsync(
            [
                .. new[] { "a", "b", "new1", "new2", "old" }.Select(item => new Domain.Items.CatalogItem(
                    Some.Item(item),
                    null,
                    ["c"],
                    item != "old"
                )),
            ],
            CancellationToken.None
        );
        await world.SendAsync(new UpdateProfiles([Some.Interaction(1, item: "seen")], []));

        foreach (var filter in new[] { ListFilter.None, new ListFilter(Categories: ["c"]) })
        {
            Assert.Equal(["a", "b", "new1", "new2"], Ids(await world.SendAsync(new Recommend(Some.Ann, 10, filter))));
            Assert.Equal(["b", "a", "new1", "new2"], Ids(await world.SendAsync(new Recommend(Some.Bob, 10, filter))));
            Assert.Equal(["b", "a", "new1", "new2"], Ids(await world.SendAsync(new PopularItems(10, filter))));
            Assert.Equal(
                ["a", "b", "new2"],
                Ids(await world.SendAsync(new SimilarItems(Some.Item("new1"), 10, filter)))
            );
        }
    }

    [Fact]
    public async Task What_follows_a_stored_list_is_ranked_now_and_marked()
    {
        var catalogue = new Catalogue(Size: 50, Personal: 20, Stored: 5, Seen: 1, Unavailable: 0, Seed: 7);
        await using var world = World.Open();
        await catalogue.PutIntoAsync(world);

        var list = await world.SendAsync(new Recommend(Some.Ann, 49));

        Assert.Equal(ListSource.Batch, list.Source);
        Assert.Equal(
            [null, ListSource.Realtime, ListSource.Popular],
            list.Items.Select(item => item.Source).Distinct()
        );
        Assert.All(list.Items.Take(5), item => Assert.Null(item.Source));
        Assert.False(list.More);
        Assert.Equal(catalogue.Eligible, Ids(list).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_stored_list_that_is_long_enough_costs_no_call_of_the_ranker()
    {
        var catalogue = new Catalogue(Size: 50, Personal: 20, Stored: 15, Seen: 1, Unavailable: 0, Seed: 7);
        await using var world = World.Open();
        await catalogue.PutIntoAsync(world);

        await world.SendAsync(new Recommend(Some.Ann, 10));

        Assert.Empty(world.Ranker.Requests);
    }

    [Fact]
    public async Task Similar_items_are_filled_up_even_if_all_that_goes_with_the_item_is_unavailable()
    {
        await using var world = World.Open();
        await world.PointAtAsync(Some.Model);
        (world.Ranker.Items, world.Ranker.Popular) = (["a", "b"], ["c", "a", "d"]);
        await world.Catalog.PutAsync(
            [new Domain.Items.CatalogItem(Some.Item("b"), null, [], Available: false)],
            CancellationToken.None
        );

        Assert.Equal(["c", "d"], Ids(await world.SendAsync(new SimilarItems(Some.Item("a")))));
    }

    private static void Check(ShownList list, int count, HashSet<string> eligible)
    {
        Assert.Equal(Math.Min(count, eligible.Count), list.Items.Count);
        Assert.Equal(list.Items.Count, Ids(list).Distinct(StringComparer.Ordinal).Count());
        Assert.Subset(eligible, Ids(list).ToHashSet(StringComparer.Ordinal));
    }

    private static bool Passes(IEnumerable<string> has, string[] wanted) =>
        wanted.Length == 0 || has.Intersect(wanted, StringComparer.OrdinalIgnoreCase).Any();

    private static IEnumerable<string> Ids(ShownList list) => list.Items.Select(item => item.ItemId.Value);
}
