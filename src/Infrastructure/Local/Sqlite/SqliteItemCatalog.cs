using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Local.Sqlite;

/// <summary>The catalogue as a table.</summary>
internal sealed class SqliteItemCatalog(LocalDatabase database, CatalogueLooks? looks = null)
    : IItemCatalog, IItemPages, IItemEdits, IItemSearch
{
    /// <summary>The titles of a list that is shown, with its reasons.</summary>
    private const int FewItems = 100;

    private readonly CatalogueLooks _looks = looks ?? new(TimeProvider.System);

    public Task PutAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                foreach (var item in items)
                    ItemRows.Put(connection, item);
                return items.Count;
            },
            cancellationToken
        );

    public Task<IReadOnlyDictionary<ItemId, string>> MergeAsync(
        IReadOnlyList<ItemChange> changes,
        CancellationToken cancellationToken
    ) =>
        WriteAsync<IReadOnlyDictionary<ItemId, string>>(
            connection =>
            {
                var refused = new Dictionary<ItemId, string>();
                foreach (var change in changes)
                {
                    var item = change.ApplyTo(ItemRows.Find(connection, change.ItemId));
                    if (ItemRules.ProblemOf(item) is { } problem)
                        refused[change.ItemId] = problem;
                    else
                        ItemRows.Put(connection, item);
                }
                return refused;
            },
            cancellationToken
        );

    public Task FillAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                foreach (var item in items)
                    Fill(connection, item);
                return items.Count;
            },
            cancellationToken
        );

    public Task<PatchOutcome> PatchAsync(ItemChange change, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                if (ItemRows.Find(connection, change.ItemId) is not { } known)
                    return default;
                var item = change.ApplyTo(known);
                if (ItemRules.ProblemOf(item) is { } problem)
                    return new PatchOutcome(null, problem);
                ItemRows.Put(connection, item);
                return new PatchOutcome(item);
            },
            cancellationToken
        );

    public Task DeleteAsync(IReadOnlyCollection<ItemId> items, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                foreach (var item in items)
                    ItemRows.Delete(connection, item);
                return items.Count;
            },
            cancellationToken
        );

    public async Task<IReadOnlyDictionary<ItemId, CatalogItem>> FindAsync(
        IReadOnlyCollection<ItemId> items,
        CancellationToken cancellationToken
    ) =>
        _looks.Fresh?.TryFind(items) ?? await database.Readers.RunAsync(
            connection => Find(connection, items),
            Faults.OfStore,
            cancellationToken,
            isBrief: items.Count <= FewItems
        );

    public async Task<IReadOnlyList<CatalogItem>> ReadOnAsync(
        ItemId? after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        await database.Readers.RunAsync(
            connection => ReadOn(connection, after?.Value ?? "", limit),
            Faults.OfStore,
            cancellationToken,
            isBrief: limit <= FewItems
        );

    public Task<ItemPage> SearchAsync(
        ItemQuery query,
        string? cursor,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var after = cursor is null ? 0 : long.Parse(cursor, NumberStyles.None, CultureInfo.InvariantCulture);
        return database.Readers.RunAsync(
            connection => ItemSearchRows.Search(connection, query, after, limit),
            Faults.OfStore,
            cancellationToken,
            isBrief: limit <= FewItems
        );
    }

    public async Task<IReadOnlySet<ItemId>> UnavailableAsync(
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        _looks.Fresh?.TryUnavailable(now) ?? await database.Readers.RunAsync(
            connection => _looks.Look(connection).Unavailable(connection, now),
            Faults.OfStore,
            cancellationToken,
            isBrief: true
        );

    /// <summary>Changes the catalogue, and its version with it.</summary>
    private async Task<T> WriteAsync<T>(Func<Connection, T> write, CancellationToken cancellationToken)
    {
        try
        {
            return await database.Writer.RunAsync(
                connection =>
                {
                    var result = write(connection);
                    connection.Run("UPDATE catalogue SET version = version + 1");
                    return result;
                },
                Faults.OfStore,
                cancellationToken);
        }
        finally
        {
            // What is shown next has the change, also where it is not known whether it was made.
            _looks.Forget();
        }
    }

    private static void Fill(Connection connection, CatalogItem item)
    {
        var known = ItemRows.Find(connection, item.ItemId);
        if (known is null && ItemRows.IsDeleted(connection, item.ItemId))
            return;
        var filled = known?.FilledFrom(item) ?? item;
        // Most items of a file of sales are known.
        if (filled != known)
            ItemRows.Put(connection, filled);
    }

    private Dictionary<ItemId, CatalogItem> Find(Connection connection, IReadOnlyCollection<ItemId> items)
    {
        var found = new Dictionary<ItemId, CatalogItem>(items.Count);
        var version = _looks.Look(connection);
        foreach (var id in items)
        {
            if (!version.TryFind(id, out var item))
                version.Keep(id, item = ItemRows.Find(connection, id));
            if (item is not null)
                found[id] = item;
        }
        return found;
    }

    /// <summary>No id is empty, so that all follow an empty text.</summary>
    private static List<CatalogItem> ReadOn(Connection connection, string after, int limit)
    {
        var items = new List<CatalogItem>();
        var select = connection.Prepare(ItemRows.Select + "WHERE item > ?1 ORDER BY item LIMIT ?2");
        select.Bind(1, after).Bind(2, limit);
        while (select.Step())
            items.Add(ItemRows.Read(select));
        return items;
    }
}
