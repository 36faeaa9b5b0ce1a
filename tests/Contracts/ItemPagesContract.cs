using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Contracts;

/// <summary>What everything does that lists a catalogue; it is one itself.</summary>
public abstract class ItemPagesContract : Contract<IItemCatalog>
{
    [Fact]
    public async Task The_whole_catalogue_is_read_page_by_page_each_item_once()
    {
        CatalogItem[] items =
        [
            .. Enumerable
                .Range(0, 25)
                .Select(i => new CatalogItem(Some.Item($"i{i * 7 % 25}ü"), $"Title {i}", ["c"], i % 2 == 0)),
        ];
        await Port.PutAsync(items, None);
        var read = new List<CatalogItem>();
        while (await ((IItemPages)Port).ReadOnAsync(read.LastOrDefault()?.ItemId, 10, None) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 10);
            read.AddRange(page);
        }
        Assert.Equal(items.OrderBy(item => item.ItemId), read.OrderBy(item => item.ItemId));
    }

    [Fact]
    public async Task An_empty_catalogue_has_no_page() =>
        Assert.Empty(await ((IItemPages)Port).ReadOnAsync(null, 10, None));
}
