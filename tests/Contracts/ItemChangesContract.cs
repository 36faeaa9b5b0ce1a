using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Contracts;

/// <summary>What everything does that follows the changes of a catalogue.</summary>
public abstract class ItemChangesContract : Contract<IItemCatalog>
{
    /// <summary>Follows the catalogue under test.</summary>
    protected abstract IItemChanges Changes { get; }

    [Fact]
    public async Task All_items_come_first_and_then_what_changed_since()
    {
        await PutAsync("Title", "a", "b", "c", "d", "e");
        var known = new Dictionary<ItemId, CatalogItem>();
        var place = await FollowAsync(null, known);
        Assert.Equal(Ids("a", "b", "c", "d", "e"), known.Keys.ToHashSet());

        await PutAsync("Changed", "b", "f");
        await Edits.DeleteAsync([Some.Item("c"), Some.Item("never")], None);
        await Edits.PatchAsync(new ItemChange(Some.Item("d"), "Patched"), None);
        known.Clear();
        place = await FollowAsync(place, known);
        Assert.Equal(Ids("b", "d", "f"), known.Keys.ToHashSet());
        Assert.Equal(("Changed", "Patched"), (known[Some.Item("b")].Title, known[Some.Item("d")].Title));

        known.Clear();
        Assert.Equal(place, await FollowAsync(place, known));
        Assert.Empty(known);
    }

    [Fact]
    public async Task Who_follows_knows_what_the_catalogue_has_whatever_the_order_of_changes()
    {
        var random = new Random(4);
        var known = new Dictionary<ItemId, CatalogItem>();
        string? place = null;
        for (var round = 0; round < 60; round++)
        {
            string[] some = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => $"i{random.Next(12)}").Distinct()];
            if (random.Next(3) == 0)
                await Edits.DeleteAsync([.. some.Select(Some.Item)], None);
            else
                await PutAsync($"Round {round}", some);
            if (random.Next(2) == 0)
                place = await FollowAsync(place, known);
        }
        await FollowAsync(place, known);
        var items = await Port.FindAsync([.. Enumerable.Range(0, 12).Select(n => Some.Item($"i{n}"))], None);
        Assert.Equal(items.Values.OrderBy(item => item.ItemId), known.Values.OrderBy(item => item.ItemId));
    }

    private IItemEdits Edits => (IItemEdits)Port;

    private Task PutAsync(string title, params string[] items) =>
        Port.PutAsync([.. items.Select(item => new CatalogItem(Some.Item(item), title, []))], None);

    /// <summary>Reads to the end, two items at a time.</summary>
    private async Task<string?> FollowAsync(string? place, Dictionary<ItemId, CatalogItem> known)
    {
        while (true)
        {
            var read = await Changes.ReadOnAsync(place, 2, None);
            foreach (var item in read.Deleted)
                known.Remove(item);
            foreach (var item in read.Put)
                known[item.ItemId] = item;
            place = read.Place;
            if (!read.More)
                return place;
        }
    }

    private static HashSet<ItemId> Ids(params string[] ids) => [.. ids.Select(Some.Item)];
}
