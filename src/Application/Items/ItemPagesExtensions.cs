using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Items;

/// <summary>Reads a catalogue to its end.</summary>
public static class ItemPagesExtensions
{
    private const int PageLength = 1000;

    /// <summary>All items, page by page.</summary>
    public static async IAsyncEnumerable<CatalogItem> ReadAllAsync(
        this IItemPages pages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pages);
        ItemId? after = null;
        while (await pages.ReadOnAsync(after, PageLength, cancellationToken) is { Count: > 0 } items)
        {
            foreach (var item in items)
                yield return item;
            after = items[^1].ItemId;
        }
    }
}
