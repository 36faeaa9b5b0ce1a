using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Contracts;

/// <summary>What everything does that follows which items are added to a catalogue.</summary>
public abstract class ItemArrivalsContract : Contract<IItemCatalog>
{
    /// <summary>Follows the catalogue under test.</summary>
    protected abstract IItemArrivals Arrivals { get; }

    [Fact]
    public async Task Every_item_that_was_added_since_is_read()
    {
        var (place, _) = await ReadAsync(null);
        await PutAsync("m", "z", "a", "q", "b");
        (place, var first) = await ReadAsync(place);
        await PutAsync("c", "y");
        (place, var second) = await ReadAsync(place);

        Assert.Subset(first.ToHashSet(StringComparer.Ordinal), Ids("m", "z", "a", "q", "b"));
        Assert.Subset(second.ToHashSet(StringComparer.Ordinal), Ids("c", "y"));
        await PutAsync("d");
        Assert.Contains("d", (await ReadAsync(place)).Items);
    }

    [Fact]
    public async Task An_empty_catalogue_has_no_arrivals_and_the_first_item_is_read_later()
    {
        var (place, items) = await ReadAsync(null);
        Assert.Empty(items);

        await PutAsync("a");

        Assert.Equal(["a"], (await ReadAsync(place)).Items);
    }

    protected Task PutAsync(params string[] items) =>
        Port.PutAsync([.. items.Select(item => new CatalogItem(Some.Item(item), "Title", []))], None);

    /// <summary>Reads to the end, two items at a time.</summary>
    protected async Task<(string? Place, List<string> Items)> ReadAsync(string? place)
    {
        var items = new List<string>();
        while (true)
        {
            var read = await Arrivals.ReadOnAsync(place, 2, None);
            items.AddRange(read.Items.Select(item => item.Value));
            place = read.Place;
            if (read.Items.Count < 2)
                return (place, items);
        }
    }

    private static HashSet<string> Ids(params string[] ids) => ids.ToHashSet(StringComparer.Ordinal);
}
