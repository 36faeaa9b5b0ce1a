using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Local.Sqlite;

/// <summary>The catalogue as a table.</summary>
internal sealed class SqliteItemCatalog(LocalDatabase database) : IItemCatalog, IItemPages
{
    /// <summary>The titles of a list that is shown, with its reasons.</summary>
    private const int FewItems = 100;

    private volatile CatalogueVersion _newest = new(0);

    public Task PutAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(connection => Put(connection, items), Faults.OfStore, cancellationToken);

    public Task MergeAsync(IReadOnlyList<ItemChange> changes, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection =>
                Put(connection, [.. changes.Select(change => change.ApplyTo(Read(connection, change.ItemId)))]),
            Faults.OfStore,
            cancellationToken
        );

    public Task FillAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(connection => Fill(connection, items), Faults.OfStore, cancellationToken);

    public async Task<IReadOnlyDictionary<ItemId, CatalogItem>> FindAsync(
        IReadOnlyCollection<ItemId> items,
        CancellationToken cancellationToken
    ) =>
        await database.Readers.RunAsync(
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

    public async Task<IReadOnlySet<ItemId>> UnavailableAsync(CancellationToken cancellationToken) =>
        await database.Readers.RunAsync(Unavailable, Faults.OfStore, cancellationToken, isBrief: true);

    private static int Put(Connection connection, IReadOnlyList<CatalogItem> items) => Write(
        connection,
        items,
        """
        INSERT INTO items(item, title, categories, available) VALUES(?1, ?2, ?3, ?4)
        ON CONFLICT(item) DO UPDATE
        SET title = excluded.title, categories = excluded.categories, available = excluded.available
        """);

    private static int Fill(Connection connection, IReadOnlyList<CatalogItem> items) =>
        Write(
            connection,
            items,
            """
            INSERT INTO items(item, title, categories, available) VALUES(?1, ?2, ?3, ?4)
            ON CONFLICT(item) DO UPDATE
            SET title = coalesce(title, excluded.title),
                categories = CASE WHEN categories = CAST('[]' AS BLOB) OR categories = '[]' THEN excluded.categories ELSE categories END
            """
        );

    private static int Write(Connection connection, IReadOnlyList<CatalogItem> items, string sql)
    {
        var upsert = connection.Prepare(sql);
        foreach (var item in items)
        {
            upsert
                .Bind(1, item.ItemId.Value)
                .Bind(2, item.Title)
                .Bind(3, JsonSerializer.Serialize([.. item.Categories], LocalJson.Default.StringArray))
                .Bind(4, item.Available ? 1 : 0)
                .Run();
        }
        connection.Run("UPDATE catalogue SET version = version + 1");
        return items.Count;
    }

    /// <summary>What is known of the catalogue as the connection's transaction sees it.</summary>
    private CatalogueVersion Version(Connection connection)
    {
        var number = connection.Number("SELECT version FROM catalogue");
        var known = _newest;
        return known.Number == number ? known : _newest = new CatalogueVersion(number);
    }

    private Dictionary<ItemId, CatalogItem> Find(Connection connection, IReadOnlyCollection<ItemId> items)
    {
        var found = new Dictionary<ItemId, CatalogItem>(items.Count);
        var version = Version(connection);
        foreach (var id in items)
        {
            if (!version.TryFind(id, out var item))
                version.Keep(id, item = Read(connection, id));
            if (item is not null)
                found[id] = item;
        }
        return found;
    }

    private static CatalogItem? Read(Connection connection, ItemId id)
    {
        CatalogItem? item = null;
        var select = connection.Prepare("SELECT title, categories, available FROM items WHERE item = ?1");
        select.Bind(1, id.Value);
        while (select.Step())
            item = new CatalogItem(id, select.TextOrNull(0), Categories(select.Blob(1)), select.Int64(2) != 0);
        return item;
    }

    /// <summary>No id is empty, so that all follow an empty text.</summary>
    private static List<CatalogItem> ReadOn(Connection connection, string after, int limit)
    {
        var items = new List<CatalogItem>();
        var select = connection.Prepare(
            "SELECT item, title, categories, available FROM items WHERE item > ?1 ORDER BY item LIMIT ?2"
        );
        select.Bind(1, after).Bind(2, limit);
        while (select.Step())
            items.Add(
                new(
                    ItemId.FromStored(select.Text(0)),
                    select.TextOrNull(1),
                    Categories(select.Blob(2)),
                    select.Int64(3) != 0
                )
            );
        return items;
    }

    private IReadOnlySet<ItemId> Unavailable(Connection connection)
    {
        var version = Version(connection);
        return version.Unavailable ??= ReadUnavailable(connection);
    }

    private static HashSet<ItemId> ReadUnavailable(Connection connection)
    {
        var items = new HashSet<ItemId>();
        var select = connection.Prepare("SELECT item FROM items WHERE available = 0");
        while (select.Step())
            items.Add(ItemId.FromStored(select.Text(0)));
        return items;
    }

    private static string[] Categories(ReadOnlySpan<byte> json)
    {
        if (json.SequenceEqual("[]"u8))
            return []; // Most items have none, and a list of recommendations looks up forty.
        try
        {
            return JsonSerializer.Deserialize(json, LocalJson.Default.StringArray) ?? [];
        }
        catch (JsonException exception)
        {
            throw new StoredFormatException("The categories of an item are damaged: put the item anew.", exception);
        }
    }
}
