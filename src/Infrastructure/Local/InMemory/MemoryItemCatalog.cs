using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Local.InMemory;

/// <summary>The catalogue in a dictionary; gone with the process.</summary>
internal sealed class MemoryItemCatalog
    : IItemCatalog, IItemPages, IItemEdits, IItemSearch, IItemChanges, INewestItems, IItemGroups
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ItemId, CatalogItem> _items = [];
    private readonly HashSet<ItemId> _deleted = [];
    private readonly MemoryChanges _changes = new();
    private ItemGroups? _groups;

    public Task PutAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                foreach (var item in items)
                    Put(item);
            },
            cancellationToken);

    public Task<IReadOnlyDictionary<ItemId, string>> MergeAsync(
        IReadOnlyList<ItemChange> changes, CancellationToken cancellationToken) =>
        _gate.Do<IReadOnlyDictionary<ItemId, string>>(
            () =>
            {
                var refused = new Dictionary<ItemId, string>();
                foreach (var change in changes)
                {
                    if (Change(change).Problem is { } problem)
                        refused[change.ItemId] = problem;
                }
                return refused;
            },
            cancellationToken);

    public Task FillAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                foreach (var item in items.Where(item => !_deleted.Contains(item.ItemId)))
                    Put(_items.GetValueOrDefault(item.ItemId)?.FilledFrom(item) ?? item);
            },
            cancellationToken);

    public Task<PatchOutcome> PatchAsync(ItemChange change, CancellationToken cancellationToken) =>
        _gate.Do(() => _items.ContainsKey(change.ItemId) ? Change(change) : default, cancellationToken);

    public Task DeleteAsync(IReadOnlyCollection<ItemId> items, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                foreach (var item in items)
                {
                    _items.Remove(item);
                    _groups = null;
                    _deleted.Add(item);
                    _changes.Add(item);
                }
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
        _gate.Do<IReadOnlyList<CatalogItem>>(() => [.. Following(after).Take(limit)], cancellationToken);

    public Task<ItemPage> SearchAsync(
        ItemQuery query, string? cursor, int limit, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                var after = cursor is null ? (ItemId?)null : ItemId.TryParse(cursor) ?? throw new FormatException();
                var found = Following(after).Where(query.Matches).Take(limit + 1).ToList();
                return found.Count <= limit
                    ? new ItemPage(found, null) : new ItemPage(found[..limit], found[limit - 1].ItemId.Value);
            },
            cancellationToken);

    public Task<IReadOnlyList<ItemId>> ReadNewestAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        _gate.Do<IReadOnlyList<ItemId>>(
            () =>
            [
                .. _items.Values.Where(item => item.CreatedAt <= now).OrderByDescending(item => item.CreatedAt)
                    .ThenBy(item => item.ItemId).Take(limit).Select(item => item.ItemId),
            ],
            cancellationToken);

    public Task<ItemGroups> ReadAsync(CancellationToken cancellationToken) =>
        _gate.Do(
            () => _groups ??= ItemGroups.Of(
                _items.Values.Where(item => item.Group is not null).Select(item => (item.ItemId, item.Group!))),
            cancellationToken);

    public Task<ChangedItems> ReadOnAsync(string? place, int limit, CancellationToken cancellationToken) =>
        _gate.Do(() => _changes.ReadOn(place, limit, _items), cancellationToken);

    public Task<IReadOnlySet<ItemId>> UnavailableAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        _gate.Do<IReadOnlySet<ItemId>>(
            () => _items.Values.Where(item => !item.IsRecommendable(now)).Select(item => item.ItemId).Concat(_deleted)
                .ToHashSet(),
            cancellationToken
        );

    private IEnumerable<CatalogItem> Following(ItemId? after) => _items.Values.OrderBy(item => item.ItemId)
        .Where(item => after is null || item.ItemId.CompareTo(after.Value) > 0);

    private void Put(CatalogItem item)
    {
        _items[item.ItemId] = item;
        _groups = null;
        _deleted.Remove(item.ItemId);
        _changes.Add(item.ItemId);
    }

    private PatchOutcome Change(ItemChange change)
    {
        var item = change.ApplyTo(_items.GetValueOrDefault(change.ItemId));
        if (ItemRules.ProblemOf(item) is { } problem)
            return new PatchOutcome(null, problem);
        Put(item);
        return new PatchOutcome(item);
    }
}
