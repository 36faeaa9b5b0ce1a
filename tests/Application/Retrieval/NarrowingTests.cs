using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Retrieval;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Tests.Retrieval;

/// <summary>Lists that are filled from the index of the catalogue are those that a scan of it fills.</summary>
public sealed class NarrowingTests
{
    [Fact]
    public Task A_list_is_the_same_with_an_index_and_without() => Always.HoldsAsync(
        Catalogue.Any(2_500),
        async catalogue =>
        {
            await using var indexed = World.Open();
            await using var scanned = World.Open(replace: services => services.RemoveAll<IItemChanges>());
            await catalogue.PutIntoAsync(indexed);
            await catalogue.PutIntoAsync(scanned);
            await indexed.Services.GetRequiredService<CatalogueIndex>().CatchUpAsync();
            string[][] filters = [[Catalogue.Rare], [Catalogue.Even], ["RARE", "unknown"], ["unknown"]];
            foreach (var categories in filters)
            {
                foreach (var count in (int[])[1, 20, 300])
                {
                    var filter = new ListFilter(Categories: categories);
                    await SameAsync(world => world.SendAsync(new Recommend(Some.Ann, count, filter)));
                    await SameAsync(world => world.SendAsync(new Recommend(Some.Bob, count, filter)));
                    await SameAsync(world => world.SendAsync(new PopularItems(count, filter)));
                    await SameAsync(world => world.SendAsync(
                        new SimilarItems(Some.Item(catalogue.Popular[0]), count, filter)));
                }
            }

            async Task SameAsync(Func<World, Task<ShownList>> ask)
            {
                var (one, other) = (await ask(indexed), await ask(scanned));
                Assert.Equal(other.Items.Select(item => item.ItemId), one.Items.Select(item => item.ItemId));
                Assert.Equal(other.Items.Select(item => item.Source), one.Items.Select(item => item.Source));
                Assert.Equal((other.Source, other.More), (one.Source, one.More));
            }
        },
        times: 8);

    [Fact]
    public async Task A_rare_item_is_found_without_reading_the_catalogue_and_a_change_is_seen_at_once()
    {
        var pages = new CountingPages();
        await using var world = World.Open(replace: services => services.AddSingleton<IItemPages>(pages));
        await world.PointAtAsync(Some.Model);
        world.Ranker.Items = [.. Enumerable.Range(0, 3_000).Select(Catalogue.Id)];
        await world.Catalog.PutAsync(
            [.. world.Ranker.Items.Select((item, n) => new CatalogItem(
                Some.Item(item), null, [n % 1_000 == 999 ? "rare" : "common"]))],
            CancellationToken.None);
        await world.Services.GetRequiredService<CatalogueIndex>().CatchUpAsync();
        var filter = new ListFilter(Categories: ["rare"]);

        Assert.Equal([Catalogue.Id(999), Catalogue.Id(1_999), Catalogue.Id(2_999)], await IdsAsync());
        await world.Catalog.PutAsync([new CatalogItem(Some.Item("new"), null, ["Rare"])], CancellationToken.None);
        await ((IItemEdits)world.Catalog).DeleteAsync([Some.Item(Catalogue.Id(999))], CancellationToken.None);
        Assert.Equal([Catalogue.Id(1_999), Catalogue.Id(2_999), "new"], await IdsAsync());

        Assert.Equal(0, pages.Reads);
        Assert.All(world.Ranker.Requests, request => Assert.InRange(request.Users[0].Among!.Count, 1, 4));

        async Task<IEnumerable<string>> IdsAsync() =>
            (await world.SendAsync(new Recommend(Some.Bob, 10, filter))).Items.Select(item => item.ItemId.Value);
    }

    private sealed class CountingPages : IItemPages
    {
        internal int Reads { get; private set; }

        public Task<IReadOnlyList<CatalogItem>> ReadOnAsync(
            Domain.Interactions.ItemId? after, int limit, CancellationToken cancellationToken)
        {
            Reads++;
            return Task.FromResult<IReadOnlyList<CatalogItem>>([]);
        }
    }
}
