using Recommendation.Application.Ports;

namespace Recommendation.Local.InMemory;

/// <summary>Gives the whole catalogue each time: it is small, and keeps no order of arrival.</summary>
internal sealed class MemoryItemArrivals(IItemPages pages) : IItemArrivals
{
    public async Task<ItemArrivals> ReadOnAsync(string? place, int limit, CancellationToken cancellationToken)
    {
        // The place is only set between the pages of one pass.
        var after = place is null ? (Domain.Interactions.ItemId?)null : Domain.Interactions.ItemId.FromStored(place);
        var items = await pages.ReadOnAsync(after, limit, cancellationToken);
        return new([.. items.Select(item => item.ItemId)], items.Count < limit ? null : items[^1].ItemId.Value);
    }
}
