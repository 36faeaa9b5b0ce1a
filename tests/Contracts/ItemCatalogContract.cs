using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Contracts;

/// <summary>What every item catalogue does.</summary>
public abstract class ItemCatalogContract : Contract<IItemCatalog>
{
    [Fact]
    public async Task Unknown_items_are_absent()
    {
        await Port.PutAsync([new CatalogItem(Some.Item("i1"), "One", [])], None);
        var found = await Port.FindAsync([Some.Item("i1"), Some.Item("i2"), Some.Item("i1")], None);
        Assert.Equal(Some.Item("i1"), Assert.Single(found).Key);
        Assert.Empty(await Port.FindAsync([], None));
    }

    [Fact]
    public async Task Items_come_back_whole()
    {
        CatalogItem[] items =
        [
            new(Some.Item("i1"), "White \"hanging\" heart 💙 \n t-light", ["Home & garden", "Candles/holders", "ünï"]),
            new(Some.Item("i2"), null, [], Available: false),
            new(Some.Item("i3"), new string('t', 5_000), [""]),
        ];
        await Port.PutAsync(items, None);
        var found = await Port.FindAsync([.. items.Select(item => item.ItemId)], None);
        Assert.Equal(items, found.Values.OrderBy(item => item.ItemId));
    }

    [Fact]
    public async Task Putting_an_item_again_replaces_it_and_the_last_of_a_call_counts()
    {
        await Port.PutAsync([new CatalogItem(Some.Item("i1"), "One", ["a"], Available: false)], None);
        await Port.PutAsync(
            [new CatalogItem(Some.Item("i1"), "Two", []), new CatalogItem(Some.Item("i1"), "Three", ["b"])],
            None
        );
        Assert.Equal(
            new CatalogItem(Some.Item("i1"), "Three", ["b"]),
            (await Port.FindAsync([Some.Item("i1")], None))[Some.Item("i1")]
        );
        Assert.Empty(await Port.UnavailableAsync(None));
    }

    [Fact]
    public async Task What_was_read_before_is_read_as_it_is_now()
    {
        await Port.PutAsync([new CatalogItem(Some.Item("i1"), "One", [])], None);
        Assert.Single(await Port.FindAsync([Some.Item("i1"), Some.Item("i2")], None));
        Assert.Empty(await Port.UnavailableAsync(None));

        CatalogItem[] changed =
        [
            new(Some.Item("i1"), "Changed", [], Available: false),
            new(Some.Item("i2"), "New", []),
        ];
        await Port.PutAsync(changed, None);
        Assert.Equal(
            changed,
            (await Port.FindAsync([Some.Item("i1"), Some.Item("i2")], None)).Values.OrderBy(item => item.ItemId)
        );
        Assert.Equal(Some.Item("i1"), Assert.Single(await Port.UnavailableAsync(None)));
    }

    [Fact]
    public async Task Unavailable_items_are_listed()
    {
        await Port.PutAsync(
            [.. Enumerable.Range(0, 300).Select(i => new CatalogItem(Some.Item($"i{i}"), null, [], i % 100 != 0))],
            None
        );
        Assert.Equal(
            new HashSet<ItemId> { Some.Item("i0"), Some.Item("i100"), Some.Item("i200") },
            (await Port.UnavailableAsync(None)).ToHashSet()
        );
    }

    [Fact]
    public async Task Odd_ids_are_items_of_their_own()
    {
        await Port.PutAsync([.. Some.OddIds.Select(id => new CatalogItem(Some.Item(id), id, [id]))], None);
        var found = await Port.FindAsync([.. Some.OddIds.Select(Some.Item)], None);
        Assert.Equal(Some.OddIds.Count, found.Count);
        Assert.All(found, item => Assert.Equal(item.Key.Value, item.Value.Title));
    }

    [Fact]
    public async Task Filling_adds_what_is_missing_and_changes_nothing_that_is_known()
    {
        CatalogItem[] curated =
        [
            new(Some.Item("whole"), "Curated", ["own"], Available: false),
            new(Some.Item("untitled"), null, ["own"], Available: false),
            new(Some.Item("bare"), null, []),
        ];
        await Port.PutAsync(curated, None);
        Assert.Equal(2, (await Port.UnavailableAsync(None)).Count);

        CatalogItem[] sold =
        [
            .. new[] { "whole", "untitled", "bare", "new", "plain" }.Select(id => new CatalogItem(
                Some.Item(id),
                $"Sold {id}",
                ["sold"]
            )),
        ];
        await Port.FillAsync(
            [
                .. sold[..4],
                new CatalogItem(Some.Item("new"), "Again", ["again"]),
                new CatalogItem(Some.Item("plain"), null, []),
            ],
            None
        );

        CatalogItem[] expected =
        [
            curated[0],
            curated[1] with
            {
                Title = "Sold untitled",
            },
            sold[2],
            sold[3],
            new(Some.Item("plain"), null, []),
        ];
        var found = await Port.FindAsync([.. sold.Select(item => item.ItemId)], None);
        Assert.Equal(expected.OrderBy(item => item.ItemId), found.Values.OrderBy(item => item.ItemId));
        Assert.Equal(2, (await Port.UnavailableAsync(None)).Count);
    }

    [Fact]
    public async Task Merging_changes_what_is_said_and_keeps_the_rest()
    {
        await Port.PutAsync(
            [
                new CatalogItem(Some.Item("kept"), "Curated", ["own", "two"]),
                new CatalogItem(Some.Item("gone"), "Away", ["own"], Available: false),
            ],
            None
        );
        Assert.Single(await Port.UnavailableAsync(None));
        await Port.MergeAsync(
            [
                new ItemChange(Some.Item("kept"), Available: false),
                new ItemChange(Some.Item("gone"), Title: "Back", Available: true),
                new ItemChange(Some.Item("new"), Categories: ["c"]),
                new ItemChange(Some.Item("whole"), "Whole", ["w"], Available: false),
            ],
            None);
        CatalogItem[] expected =
        [
            new(Some.Item("gone"), "Back", ["own"]),
            new(Some.Item("kept"), "Curated", ["own", "two"], Available: false),
            new(Some.Item("new"), null, ["c"]),
            new(Some.Item("whole"), "Whole", ["w"], Available: false),
        ];
        var ids = expected.Select(item => item.ItemId).ToList();
        Assert.Equal(expected, (await Port.FindAsync(ids, None)).Values.OrderBy(item => item.ItemId));
        Assert.Equal(
            new HashSet<ItemId> { Some.Item("kept"), Some.Item("whole") },
            (await Port.UnavailableAsync(None)).ToHashSet()
        );

        await Port.MergeAsync([new ItemChange(Some.Item("kept"), Title: "", Categories: [])], None);
        await Port.MergeAsync([], None);
        Assert.Equal(
            new CatalogItem(Some.Item("kept"), null, [], Available: false),
            (await Port.FindAsync(ids, None))[Some.Item("kept")]
        );
    }

    [Fact]
    public async Task Filling_twice_changes_nothing_the_second_time()
    {
        CatalogItem[] items =
        [
            .. Enumerable.Range(0, 120).Select(n => new CatalogItem(Some.Item($"i{n}"), $"Item {n}", [])),
        ];
        await Port.FillAsync(items, None);
        await Port.FillAsync([.. items.Select(item => item with { Title = "Other" })], None);
        await Port.FillAsync([], None);
        Assert.Equal(
            items.OrderBy(item => item.ItemId),
            (await Port.FindAsync([.. items.Select(item => item.ItemId)], None)).Values.OrderBy(item => item.ItemId)
        );
    }

    [Fact]
    public async Task Putting_nothing_changes_nothing()
    {
        await Port.PutAsync([], None);
        Assert.Empty(await Port.UnavailableAsync(None));
    }
}
