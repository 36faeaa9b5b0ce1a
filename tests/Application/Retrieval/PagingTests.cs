using FsCheck.Fluent;
using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Tests.Given;

namespace Recommendation.Application.Tests.Retrieval;

/// <summary>Pages of any sizes are parts of one list, which holds every eligible item once.</summary>
public sealed class PagingTests
{
    private static readonly int[][] s_sizes =
    [
        [5],
        [10],
        [20],
        [50],
        [100],
        [30],
        [70],
        [1000],
        [1, 7, 100, 3],
        [100, 1],
    ];

    [Fact]
    public Task Any_page_sizes_show_the_same_items_in_the_same_order() => Always.HoldsAsync(
        Catalogue.Any(250),
        async catalogue =>
        {
            await using var world = World.Open();
            await catalogue.PutIntoAsync(world);
            var whole = await PageAsync(world, [1000]);
            Assert.Equal(catalogue.Eligible, whole.Order(StringComparer.Ordinal));
            foreach (var sizes in s_sizes)
                Assert.Equal(whole, await PageAsync(world, sizes));
        },
        times: 12);

    [Fact]
    public Task No_item_comes_twice_and_none_is_missed_while_a_batch_replaces_the_list() => Always.HoldsAsync(
        from catalogue in Catalogue.Any(250)
        from size in Gen.Elements(5, 30, 70, 100)
        select (catalogue, size),
        async one =>
        {
            var (catalogue, size) = one;
            await using var world = World.Open();
            await catalogue.PutIntoAsync(world);
            var random = new Random(catalogue.Seed);

            var shown = await PageAsync(
                world,
                [size],
                between: async () =>
                {
                    // Another model: what it ranks, in which order, and the list that was stored from it.
                    string[] ranked = [.. catalogue.Shuffled(random.Next()).Take(random.Next(catalogue.Size + 1))];
                    world.Ranker.Items = ranked;
                    if (catalogue.Seen > 0)
                        await Catalogue.StoreAsync(
                            world,
                            [.. ranked.Except(catalogue.SeenItems, StringComparer.Ordinal).Take(100)]
                        );
                }
            );

            Assert.Equal(shown.Count, shown.Distinct(StringComparer.Ordinal).Count());
            Assert.Equal(catalogue.Eligible, shown.Order(StringComparer.Ordinal));
        },
        times: 25);

    [Fact]
    public async Task Paging_goes_through_a_catalogue_that_is_larger_than_what_a_cursor_can_name()
    {
        var catalogue = new Catalogue(Size: 6_000, Personal: 3_000, Stored: 100, Seen: 10, Unavailable: 50, Seed: 1);
        await using var world = World.Open();
        await catalogue.PutIntoAsync(world);

        var shown = await PageAsync(world, [700, 30], between: () => Catalogue.StoreAsync(
            world, [.. catalogue.Ranked.Except(catalogue.SeenItems, StringComparer.Ordinal).Take(100).Reverse()]));

        Assert.Equal(shown.Count, shown.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(catalogue.Eligible, shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_list_that_changed_after_more_items_than_a_cursor_can_name_is_refused_and_not_continued_with_gaps()
    {
        var catalogue = new Catalogue(Size: 4_000, Personal: 3_000, Stored: 0, Seen: 1, Unavailable: 0, Seed: 1);
        await using var world = World.Open();
        await catalogue.PutIntoAsync(world);
        var first = await world.SendAsync(new Recommend(Some.Ann, 1000));
        var cursor = SeenItemsCursor.After(null, first);
        cursor = SeenItemsCursor.After(
            cursor,
            await world.SendAsync(new Recommend(Some.Ann, 1000, new ListFilter(Seen: cursor)))
        );
        await world.SendAsync(new Recommend(Some.Ann, 10, new ListFilter(Seen: cursor)));

        world.Ranker.Items = [.. catalogue.Ranked.Reverse()];

        var problem = await Assert.ThrowsAsync<RefusedException>(
            () => world.SendAsync(new Recommend(Some.Ann, 10, new ListFilter(Seen: cursor))));
        Assert.Contains("Omit the cursor", problem.Message, StringComparison.Ordinal);
        // A place in one list is none in another one.
        world.Ranker.Items = catalogue.Ranked;
        await Assert.ThrowsAsync<RefusedException>(() =>
            world.SendAsync(new Recommend(Some.Ann, 10, new ListFilter(Categories: [Catalogue.Even], Seen: cursor)))
        );
    }

    [Fact]
    public async Task A_page_that_can_not_be_ranked_is_an_error_and_not_the_end_of_the_list()
    {
        var catalogue = new Catalogue(Size: 50, Personal: 40, Stored: 10, Seen: 1, Unavailable: 0, Seed: 1);
        await using var world = World.Open();
        await catalogue.PutIntoAsync(world);
        var cursor = SeenItemsCursor.After(null, await world.SendAsync(new Recommend(Some.Ann, 10)));
        world.Ranker.Before = (_, _) => Fault.Throw(new RankerUnavailableException("Down."));

        await Assert.ThrowsAsync<RankerUnavailableException>(
            () => world.SendAsync(new Recommend(Some.Ann, 10, new ListFilter(Seen: cursor), AlwaysAnswer: true)));
    }

    /// <summary>All pages, of the sizes in turn; the cursor goes over the wire.</summary>
    private static async Task<List<string>> PageAsync(World world, int[] sizes, Func<Task>? between = null)
    {
        var shown = new List<string>();
        SeenItemsCursor? cursor = null;
        for (var page = 0; ; page++)
        {
            Assert.True(page < 2_000, "The list does not end.");
            var list = await world.SendAsync(
                new Recommend(Some.Ann, sizes[page % sizes.Length], new ListFilter(Seen: cursor))
            );
            shown.AddRange(list.Items.Select(item => item.ItemId.Value));
            if (!list.More)
                return shown;
            var text = SeenItemsCursor.After(cursor, list).ToString();
            Assert.InRange(text.Length, 1, 6_000);
            cursor = SeenItemsCursor.TryParse(text);
            Assert.NotNull(cursor);
            if (between is not null)
                await between();
        }
    }
}
