using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Local.Sqlite;

/// <summary>Reads and writes the rows of items, and the words that they are found by.</summary>
internal static class ItemRows
{
    internal const string Columns =
        "number, item, title, categories, available, description, price, currency, image_url, url, created, expires, "
            + "family, attributes";

    internal const string Select = $"SELECT {Columns} FROM items ";

    private const string Upsert =
        """
        INSERT INTO items(item, title, categories, available, description, price, currency, image_url, url, created,
            expires, family, attributes, changed)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,
            (SELECT version + 1 FROM catalogue))
        ON CONFLICT(item) DO UPDATE SET title = excluded.title, categories = excluded.categories,
            available = excluded.available, description = excluded.description, price = excluded.price,
            currency = excluded.currency, image_url = excluded.image_url, url = excluded.url,
            created = excluded.created, expires = excluded.expires, family = excluded.family,
            attributes = excluded.attributes, changed = excluded.changed
        RETURNING number
        """;

    /// <summary>Adds or replaces an item; it is not deleted any more.</summary>
    internal static void Put(Connection connection, CatalogItem item)
    {
        connection.Prepare("DELETE FROM items_deleted WHERE item = ?1").Bind(1, item.ItemId.Value).Run();
        var upsert = connection.Prepare(Upsert);
        upsert
            .Bind(1, item.ItemId.Value)
            .Bind(2, item.Title)
            .Bind(3, JsonSerializer.Serialize([.. item.Categories], LocalJson.Default.StringArray))
            .Bind(4, item.Available ? 1 : 0)
            .Bind(5, item.Description)
            .Bind(6, item.Price)
            .Bind(7, item.Currency)
            .Bind(8, item.ImageUrl)
            .Bind(9, item.Url)
            .Bind(10, item.CreatedAt?.ToUnixTimeMilliseconds())
            .Bind(11, item.ExpiresAt?.ToUnixTimeMilliseconds())
            .Bind(12, item.Group);
        var attributes = AttributeCodec.Encode(item.Attributes);
        if (attributes.Length > 0)
            upsert.Bind(13, attributes);
        else
            upsert.BindNull(13);
        long number = 0;
        while (upsert.Step())
            number = upsert.Int64(0);
        var (text, marks) = ItemWords.Of(item);
        connection.Prepare("INSERT OR REPLACE INTO items_words(rowid, words) VALUES(?1, ?2)")
            .Bind(1, number)
            .Bind(2, marks.Count == 0 ? text : $"{text}\n{string.Join(' ', marks)}")
            .Run();
    }

    /// <returns>Null if the catalogue has no such item.</returns>
    internal static CatalogItem? Find(Connection connection, ItemId id)
    {
        CatalogItem? item = null;
        var select = connection.Prepare(Select + "WHERE item = ?1");
        select.Bind(1, id.Value);
        while (select.Step())
            item = Read(select, id);
        return item;
    }

    /// <summary>Deletes an item, known or not.</summary>
    internal static void Delete(Connection connection, ItemId id)
    {
        var delete = connection.Prepare("DELETE FROM items WHERE item = ?1 RETURNING number");
        delete.Bind(1, id.Value);
        while (delete.Step())
            connection.Prepare("DELETE FROM items_words WHERE rowid = ?1").Bind(1, delete.Int64(0)).Run();
        connection.Prepare(
            "INSERT OR IGNORE INTO items_deleted(item, changed) VALUES(?1, (SELECT version + 1 FROM catalogue))")
            .Bind(1, id.Value).Run();
    }

    internal static bool IsDeleted(Connection connection, ItemId id)
    {
        var select = connection.Prepare("SELECT 1 FROM items_deleted WHERE item = ?1");
        select.Bind(1, id.Value);
        var isDeleted = select.Step();
        select.Reset();
        return isDeleted;
    }

    /// <summary>The item of the row that <see cref="Select"/> is at.</summary>
    /// <param name="row">The row.</param>
    /// <param name="id">The item's id, where it is known.</param>
    /// <param name="first">Where the columns begin.</param>
    internal static CatalogItem Read(Statement row, ItemId? id = null, int first = 0)
    {
        var item = new CatalogItem(
            id ?? ItemId.FromStored(row.Text(first + 1)), row.TextOrNull(first + 2), Categories(row.Blob(first + 3)),
            row.Int64(first + 4) != 0)
        {
            Description = row.TextOrNull(first + 5),
            Price = row.IsNull(first + 6) ? null : row.Double(first + 6),
            Currency = row.TextOrNull(first + 7),
            ImageUrl = row.TextOrNull(first + 8),
            Url = row.TextOrNull(first + 9),
            CreatedAt = Time(row, first + 10),
            ExpiresAt = Time(row, first + 11),
            Group = row.TextOrNull(first + 12),
        };
        return row.IsNull(first + 13)
            ? item : item with { Attributes = AttributeCodec.Decode(row.Blob(first + 13).ToArray()) };
    }

    private static DateTimeOffset? Time(Statement row, int column) =>
        row.IsNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(column));

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
