using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Contracts;

/// <summary>What everything does that knows the groups of a catalogue.</summary>
public abstract class ItemGroupsContract : Contract<IItemCatalog>
{
    /// <summary>Knows the groups of the catalogue under test.</summary>
    protected abstract IItemGroups Groups { get; }

    [Fact]
    public async Task Items_that_name_one_group_are_variants_of_each_other()
    {
        Assert.Equal(0, (await Groups.ReadAsync(None)).Count);
        await PutAsync(("b", "shirt"), ("a", "shirt"), ("c", "Shirt"), ("d", null), ("main", "main"), ("e", "main"));

        var groups = await Groups.ReadAsync(None);

        Assert.Equal(["a", "b"], groups.VariantsOf(Some.Item("b")).Select(item => item.Value));
        // The variant that the group is named by stands for it.
        Assert.Equal(["main", "e"], groups.VariantsOf(Some.Item("e")).Select(item => item.Value));
        Assert.Equal(("main", "a"), (groups.MainOf(Some.Item("e")).Value, groups.MainOf(Some.Item("b")).Value));
        foreach (var alone in (string[])["c", "d", "never"])
        {
            Assert.Empty(groups.VariantsOf(Some.Item(alone)));
            Assert.Equal(alone, groups.MainOf(Some.Item(alone)).Value);
        }
    }

    [Fact]
    public async Task Each_way_to_change_a_group_is_seen_at_once()
    {
        await PutAsync(("a", "g"), ("b", "g"));
        Assert.Equal(2, (await Groups.ReadAsync(None)).Count);

        await Edits.PatchAsync(new ItemChange(Some.Item("b"), "Title"), None);
        Assert.Equal(2, (await Groups.ReadAsync(None)).Count);
        await PutAsync(("b", null));
        Assert.Equal(0, (await Groups.ReadAsync(None)).Count);
        await Port.MergeAsync([new ItemChange(Some.Item("b")) { Values = Group("g") }], None);
        Assert.Equal(2, (await Groups.ReadAsync(None)).Count);
        await Edits.DeleteAsync([Some.Item("a")], None);
        Assert.Equal(0, (await Groups.ReadAsync(None)).Count);
        await PutAsync(("a", "g"), ("c", "g"));
        Assert.Equal(3, (await Groups.ReadAsync(None)).Count);
        await PutAsync(("c", "h"), ("d", "h"));
        Assert.Equal(["c", "d"], (await Groups.ReadAsync(None)).VariantsOf(Some.Item("c")).Select(one => one.Value));
    }

    private static Dictionary<string, AttributeValue?> Group(string name) => new(StringComparer.Ordinal)
    {
        ["group"] = AttributeValue.Of(name),
    };

    private IItemEdits Edits => (IItemEdits)Port;

    private Task PutAsync(params (string Item, string? Group)[] items) => Port.PutAsync(
        [.. items.Select(one => new CatalogItem(Some.Item(one.Item), null, []) { Group = one.Group })], None);
}
