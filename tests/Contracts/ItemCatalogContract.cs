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
        Assert.Empty(await Port.UnavailableAsync(Some.Noon, None));
    }

    [Fact]
    public async Task What_was_read_before_is_read_as_it_is_now()
    {
        await Port.PutAsync([new CatalogItem(Some.Item("i1"), "One", [])], None);
        Assert.Single(await Port.FindAsync([Some.Item("i1"), Some.Item("i2")], None));
        Assert.Empty(await Port.UnavailableAsync(Some.Noon, None));

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
        Assert.Equal(Some.Item("i1"), Assert.Single(await Port.UnavailableAsync(Some.Noon, None)));
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
            (await Port.UnavailableAsync(Some.Noon, None)).ToHashSet()
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
        Assert.Equal(2, (await Port.UnavailableAsync(Some.Noon, None)).Count);

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
        Assert.Equal(2, (await Port.UnavailableAsync(Some.Noon, None)).Count);
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
        Assert.Single(await Port.UnavailableAsync(Some.Noon, None));
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
            (await Port.UnavailableAsync(Some.Noon, None)).ToHashSet()
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
        Assert.Empty(await Port.UnavailableAsync(Some.Noon, None));
    }

    [Fact]
    public async Task Every_property_and_attribute_comes_back()
    {
        var item = Whole("whole");
        await Port.PutAsync([item, new CatalogItem(Some.Item("bare"), null, [])], None);
        var found = await Port.FindAsync([item.ItemId, Some.Item("bare")], None);
        Assert.Equal(item, found[item.ItemId]);
        Assert.Equal(new CatalogItem(Some.Item("bare"), null, []), found[Some.Item("bare")]);

        await Port.PutAsync([new CatalogItem(item.ItemId, "Replaced", [])], None);
        found = await Port.FindAsync([item.ItemId], None);
        Assert.Equal(new CatalogItem(item.ItemId, "Replaced", []), found[item.ItemId]);
    }

    [Fact]
    public async Task Merging_keeps_every_value_that_is_not_named_and_null_removes_one()
    {
        var item = Whole("whole");
        await Port.PutAsync([item], None);
        var values = new Dictionary<string, AttributeValue?>(StringComparer.Ordinal)
        {
            ["price"] = null,
            ["url"] = AttributeValue.Of("/new"),
            ["colour"] = null,
            ["size"] = AttributeValue.Of(43),
            ["fresh"] = AttributeValue.Of(true),
        };
        Assert.Empty(await Port.MergeAsync([new ItemChange(item.ItemId) { Values = values }], None));
        var attributes = new Dictionary<string, AttributeValue>(item.Attributes, StringComparer.Ordinal)
        {
            ["size"] = AttributeValue.Of(43),
            ["fresh"] = AttributeValue.Of(true),
        };
        attributes.Remove("colour");
        Assert.Equal(
            item with { Price = null, Url = "/new", Attributes = attributes },
            (await Port.FindAsync([item.ItemId], None))[item.ItemId]);
    }

    [Fact]
    public async Task An_item_that_would_hold_too_much_stays_as_it_is_and_the_others_are_changed()
    {
        var (full, other) = (Some.Item("full"), Some.Item("other"));
        await Port.MergeAsync([new ItemChange(full) { Values = Numbers(0, ItemRules.MaximumAttributes) }], None);
        var refused = await Port.MergeAsync(
            [new ItemChange(full, "Not this") { Values = Numbers(64, 1) }, new ItemChange(other, "Other")], None);
        Assert.Equal(full, Assert.Single(refused).Key);
        Assert.Contains("65 attributes", refused[full], StringComparison.Ordinal);
        var found = await Port.FindAsync([full, other], None);
        Assert.Null(found[full].Title);
        Assert.Equal(ItemRules.MaximumAttributes, found[full].Attributes.Count);
        Assert.Equal("Other", found[other].Title);

        var patched = await Edits.PatchAsync(new ItemChange(full) { Values = Numbers(64, 1) }, None);
        Assert.Null(patched.Item);
        Assert.Contains("65 attributes", patched.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_changes_a_known_item_and_adds_none()
    {
        var item = Whole("known");
        await Port.PutAsync([item], None);
        var patched = await Edits.PatchAsync(new ItemChange(item.ItemId, "Patched", Available: false), None);
        Assert.Equal(item with { Title = "Patched", Available = false }, patched.Item);
        Assert.Equal(patched.Item, (await Port.FindAsync([item.ItemId], None))[item.ItemId]);

        Assert.Equal(default, await Edits.PatchAsync(new ItemChange(Some.Item("unknown"), "x"), None));
        await Edits.DeleteAsync([item.ItemId], None);
        Assert.Equal(default, await Edits.PatchAsync(new ItemChange(item.ItemId, "x"), None));
        Assert.Empty(await Port.FindAsync([item.ItemId, Some.Item("unknown")], None));
    }

    [Fact]
    public async Task Patches_of_many_writers_lose_no_field()
    {
        const int Writers = 8, Fields = 6;
        var item = Some.Item("shared");
        await Port.PutAsync([new CatalogItem(item, "Shared", [])], None);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var field = 0; field < Fields; field++)
            {
                var patched = await Edits.PatchAsync(
                    new ItemChange(item) { Values = Numbers((writer * Fields) + field, 1) }, None);
                Assert.NotNull(patched.Item);
            }
        })));
        var found = (await Port.FindAsync([item], None))[item];
        Assert.Equal("Shared", found.Title);
        Assert.Equal(
            Numbers(0, Writers * Fields).Keys.Order(StringComparer.Ordinal),
            found.Attributes.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_deleted_item_is_gone_and_unavailable_until_it_is_put_again()
    {
        var (known, unknown, merged) = (Some.Item("known"), Some.Item("never-put"), Some.Item("merged"));
        await Port.PutAsync([Whole("known"), new CatalogItem(merged, "Merged", ["c"])], None);
        Assert.Empty(await Port.UnavailableAsync(Some.Noon, None));
        await Edits.DeleteAsync([known, unknown, merged], None);

        Assert.Empty(await Port.FindAsync([known, unknown, merged], None));
        Assert.Equal(new[] { known, unknown, merged }.Order(), (await Port.UnavailableAsync(Some.Noon, None)).Order());

        await Port.FillAsync([new CatalogItem(known, "Sold", []), new CatalogItem(unknown, "Sold", [])], None);
        Assert.Empty(await Port.FindAsync([known, unknown], None));
        Assert.Equal(3, (await Port.UnavailableAsync(Some.Noon, None)).Count);

        await Port.PutAsync([new CatalogItem(known, "Back", [])], None);
        await Port.MergeAsync([new ItemChange(merged) { Values = Numbers(0, 1) }], None);
        Assert.Equal(new CatalogItem(known, "Back", []), (await Port.FindAsync([known], None))[known]);
        var back = (await Port.FindAsync([merged], None))[merged];
        Assert.Equal((null, 0, 1), (back.Title, back.Categories.Count, back.Attributes.Count));
        Assert.Equal(unknown, Assert.Single(await Port.UnavailableAsync(Some.Noon, None)));
    }

    [Fact]
    public async Task Items_are_unavailable_before_they_begin_and_after_they_end()
    {
        var (from, until) = (new DateTimeOffset(2150, 1, 1, 0, 0, 0, TimeSpan.Zero), Some.Noon.AddHours(1));
        await Port.PutAsync(
            [
                new CatalogItem(Some.Item("coming"), null, []) { CreatedAt = from },
                new CatalogItem(Some.Item("ending"), null, []) { ExpiresAt = until },
                new CatalogItem(Some.Item("always"), null, []) { CreatedAt = Some.Noon.AddYears(-5) },
                new CatalogItem(Some.Item("away"), null, [], Available: false) { ExpiresAt = from },
            ],
            None);
        Assert.Equal(["away", "coming"], await AtAsync(Some.Noon));
        Assert.Equal(["away", "coming"], await AtAsync(until.AddMilliseconds(-1)));
        Assert.Equal(["away", "coming", "ending"], await AtAsync(until));
        Assert.Equal(["away", "ending"], await AtAsync(from));
        Assert.Equal(["away", "coming"], await AtAsync(Some.Noon));

        var longer = new Dictionary<string, AttributeValue?>(StringComparer.Ordinal)
        {
            ["expiresAt"] = AttributeValue.Of(until.AddHours(1)),
        };
        await Port.MergeAsync([new ItemChange(Some.Item("ending")) { Values = longer }], None);
        Assert.Equal(["away", "coming"], await AtAsync(until));
        Assert.Equal(["away", "coming", "ending"], await AtAsync(until.AddHours(1)));

        async Task<IEnumerable<string>> AtAsync(DateTimeOffset now) =>
            (await Port.UnavailableAsync(now, None)).Select(item => item.Value).Order(StringComparer.Ordinal);
    }

    private IItemEdits Edits => (IItemEdits)Port;

    private static CatalogItem Whole(string id) => new(Some.Item(id), "Boots", ["Shoes > Winter", "Sale"])
    {
        Description = "Warm \"boots\" – ünï 💙",
        Price = 129.9,
        Currency = "EUR",
        ImageUrl = "https://example.org/b.jpg",
        Url = "/boots?a=b&c=d",
        CreatedAt = Some.Noon.AddDays(-3),
        ExpiresAt = Some.Noon.AddYears(50),
        Group = "boots",
        Attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["colour"] = AttributeValue.Of("dark \"red\""),
            ["size"] = AttributeValue.Of(42.5),
            ["tiny"] = AttributeValue.Of(1E-300),
            ["lined"] = AttributeValue.Of(true),
            ["released"] = AttributeValue.Of(Some.Noon),
            ["tags"] = AttributeValue.Of(["warm", "ünï"]),
            ["none"] = AttributeValue.Of(Array.Empty<string>()),
            ["embedding"] = AttributeValue.Of([0.5f, -1e-20f, 3f]),
        },
    };

    private static Dictionary<string, AttributeValue?> Numbers(int from, int count) => Enumerable.Range(from, count)
        .ToDictionary(n => $"a{n}", n => (AttributeValue?)AttributeValue.Of(n), StringComparer.Ordinal);
}
