using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Local.InMemory;

/// <summary>The catalogue in a dictionary; gone with the process.</summary>
internal sealed class MemoryItemCatalog : IItemCatalog, IItemPages
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ItemId, CatalogItem> _items = [];

    public Task PutAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                foreach (var item in items)
                    _items[item.ItemId] = item;
            },
            cancellationToken);

    public Task MergeAsync(IReadOnlyList<ItemChange> changes, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                foreach (var change in changes)
                    _items[change.ItemId] = change.ApplyTo(_items.GetValueOrDefault(change.ItemId));
            },
            cancellationToken);

    public Task FillAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                foreach (var item in items)
                    _items[item.ItemId] = _items.TryGetValue(item.ItemId, out var known)
                        ? known.FilledFrom(item)
                        : item;
            },
            cancellationToken);

    public Task<IReadOnlyDictionary<ItemId, CatalogItem>> FindAsync(
        IReadOnlyCollection<ItemId> items, CancellationToken cancellationToken) =>
        _gate.Do<IReadOnlyDictionary<ItemId, CatalogItem>>(
            () => items.Distinct().Where(_items.ContainsKey).ToDictionary(item => item, item => _items[item]),
            cancellationToken
        );

    public Task<IReadOnlyList<CatalogItem>> ReadOnAsync(
        ItemId? after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        _gate.Do<IReadOnlyList<CatalogItem>>(
            () =>
                [
                    .. _items
                        .Values.OrderBy(item => item.ItemId)
                        .Where(item => after is null || item.ItemId.CompareTo(after.Value) > 0)
                        .Take(limit),
                ],
            cancellationToken
        );

    public Task<IReadOnlySet<ItemId>> UnavailableAsync(CancellationToken cancellationToken) =>
        _gate.Do<IReadOnlySet<ItemId>>(
            () => _items.Values.Where(item => !item.Available).Select(item => item.ItemId).ToHashSet(),
            cancellationToken
        );
}
