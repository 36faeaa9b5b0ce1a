using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Contracts;

/// <summary>What everything does that searches a catalogue; it is one itself.</summary>
public abstract class ItemSearchContract : Contract<IItemCatalog>
{
    [Theory]
    [InlineData("boots", "a b")]
    [InlineData("BOOTS red", "a b")]
    [InlineData("café", "c")]
    [InlineData("winter", "a b")]
    [InlineData("cotton", "c")]
    [InlineData("t-light", "d")]
    [InlineData("boo", "")]
    [InlineData("boo*", "a b")]
    [InlineData("boots nowhere", "")]
    [InlineData("\" OR ) * NEAR(", "")]
    [InlineData("--", "a b c d")]
    [InlineData("", "a b c d")]
    public async Task Items_are_found_by_all_words(string text, string expected)
    {
        await FillAsync();
        Assert.Equal(Ids(expected), await FoundAsync(ItemQuery.Of(text, [])));
    }

    [Theory]
    [InlineData("colour", "RED", "a c")]
    [InlineData("colour", "dark", "")]
    [InlineData("material", "Cotton", "c")]
    [InlineData("group", "boots", "a b")]
    public async Task Items_are_found_by_values(string name, string value, string expected)
    {
        await FillAsync();
        Assert.Equal(Ids(expected), await FoundAsync(ItemQuery.Of(null, [(name, AttributeValue.Of(value))])));
    }

    [Fact]
    public async Task Words_and_values_count_together()
    {
        await FillAsync();
        Assert.Equal(Ids("a"), await FoundAsync(ItemQuery.Of("boots", [("colour", AttributeValue.Of("red"))])));
        Assert.Equal(Ids("b"), await FoundAsync(ItemQuery.Of(null, [("size", AttributeValue.Of(43))])));
        Assert.Equal(Ids("b"), await FoundAsync(ItemQuery.Of(null, [("lined", AttributeValue.Of(false))])));
    }

    [Fact]
    public async Task What_changes_or_is_deleted_is_found_as_it_is_now()
    {
        await FillAsync();
        await Port.MergeAsync([new ItemChange(Some.Item("a"), "Sandals")], None);
        await ((IItemEdits)Port).DeleteAsync([Some.Item("b")], None);
        Assert.Empty(await FoundAsync(ItemQuery.Of("boots", [])));
        Assert.Equal(Ids("a"), await FoundAsync(ItemQuery.Of("sandals", [])));
        Assert.Equal(Ids("a c d"), await FoundAsync(ItemQuery.All));
        await Port.PutAsync([new CatalogItem(Some.Item("b"), "Boots again", [])], None);
        Assert.Equal(Ids("b"), await FoundAsync(ItemQuery.Of("boots", [])));
    }

    [Fact]
    public async Task Pages_give_each_item_once_and_a_cursor_of_another_kind_is_refused()
    {
        await Port.PutAsync(
            [.. Enumerable.Range(0, 25).Select(i => new CatalogItem(Some.Item($"i{i}"), $"Lamp {i % 5}", []))], None);
        foreach (var (text, count) in new[] { ("lamp", 25), ("lamp 3", 5), ("", 25) })
        {
            var query = ItemQuery.Of(text, []);
            var found = new List<CatalogItem>();
            string? cursor = null;
            do
            {
                var page = await Search.SearchAsync(query, cursor, 4, None);
                Assert.InRange(page.Items.Count, 1, 4);
                found.AddRange(page.Items);
                cursor = page.Next;
            }
            while (cursor is not null);
            Assert.Equal(count, found.Select(item => item.ItemId).Distinct().Count());
            Assert.Equal(count, found.Count);
        }
        await Assert.ThrowsAnyAsync<FormatException>(() => Search.SearchAsync(ItemQuery.All, " ", 4, None));
    }

    private IItemSearch Search => (IItemSearch)Port;

    private static IEnumerable<string> Ids(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private Task FillAsync() => Port.PutAsync(
        [
            new(Some.Item("a"), "Red boots", ["Shoes > Winter"])
            {
                Group = "boots", Attributes = Of(("colour", "red")),
            },
            new(Some.Item("b"), "Boots", ["Shoes", "Winter"])
            {
                Group = "boots",
                Attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
                {
                    ["size"] = AttributeValue.Of(43), ["lined"] = AttributeValue.Of(false),
                    ["colour"] = AttributeValue.Of("dark red"),
                },
            },
            new(Some.Item("c"), "Café curtain", [])
            {
                Description = "For the café.",
                Attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
                {
                    ["colour"] = AttributeValue.Of("Red"), ["material"] = AttributeValue.Of(["cotton", "linen"]),
                },
            },
            new(Some.Item("d"), "T-LIGHT holder", []),
        ],
        None);

    private static Dictionary<string, AttributeValue> Of((string Name, string Value) one) =>
        new(StringComparer.Ordinal) { [one.Name] = AttributeValue.Of(one.Value) };

    private async Task<IEnumerable<string>> FoundAsync(ItemQuery query) =>
        (await Search.SearchAsync(query, null, 100, None)).Items.Select(item => item.ItemId.Value)
            .Order(StringComparer.Ordinal);
}
