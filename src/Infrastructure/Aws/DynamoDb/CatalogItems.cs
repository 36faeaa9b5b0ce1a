using System.Globalization;
using System.Text.Json;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// A catalogue item as a table item. What can't be recommended is listed in the sparse index under a bucket of its own,
/// and what can't be at some time under another. A deleted item keeps its key.
/// </summary>
internal static class CatalogItems
{
    private const string Title = "title";
    private const string Categories = "categories";
    private const string Price = "price";
    private const string CreatedAt = "createdAt";
    private const string Values = "attributes";
    private const string Deleted = "deleted";

    // Not expiresAt, which is the table's time to live.
    private const string EndsAt = "endsAt";

    /// <summary>Changes with every write of the item.</summary>
    private const string Version = "version";

    private static readonly string[] s_texts = ["description", "currency", "imageUrl", "url", "group"];

    internal static ItemKey KeyOf(ItemId item) => new(ProfileTable.CatalogKey(item), ProfileTable.CatalogItem);

    internal static WritableItem Of(CatalogItem item, DateTimeOffset now) =>
        new(KeyOf(item.ItemId), writer => Write(writer, item, now));

    /// <summary>What takes the place of an item that is deleted.</summary>
    internal static WritableItem Tombstone(ItemId item) => new(KeyOf(item), writer =>
    {
        WriteHead(writer, item);
        writer.Number(Deleted, 1);
        writer.Text(ProfileTable.ActiveBucket, ProfileTable.Unavailable);
    });

    /// <summary>The request that puts an item if it is still as it was read.</summary>
    internal static void WritePut(
        Utf8JsonWriter writer, string table, CatalogItem item, StoredCatalogItem? before, DateTimeOffset now)
    {
        writer.WriteString("TableName", table);
        if (before is null)
        {
            writer.WriteString("ConditionExpression", "attribute_not_exists(userId)");
        }
        else if (before.Version is not { } version)
        {
            // Written before items had versions.
            writer.WriteString("ConditionExpression", "attribute_not_exists(version)");
        }
        else
        {
            writer.WriteString("ConditionExpression", "version = :loaded");
            writer.WriteStartObject("ExpressionAttributeValues");
            writer.Text(":loaded", version);
            writer.WriteEndObject();
        }
        writer.WriteStartObject("Item");
        Write(writer, item, now);
        writer.WriteEndObject();
    }

    /// <summary>Where the index lists an item; null for one that may be recommended at any time.</summary>
    internal static string? BucketOf(CatalogItem item, DateTimeOffset now)
    {
        if (!item.Available)
            return ProfileTable.Unavailable;
        return item.ExpiresAt is not null || item.CreatedAt > now ? ProfileTable.Timed : null;
    }

    internal static StoredCatalogItem Read(ref ItemReader item)
    {
        string? key = null, title = null, version = null;
        long? format = null;
        var isDeleted = false;
        List<string> categories = [];
        var values = new Dictionary<string, AttributeValue?>(StringComparer.Ordinal);
        byte[] attributes = [];
        var isAvailable = true;
        while (item.Next())
        {
            if (item.Is("userId"u8))
                key = item.Text(ProfileTable.UserId);
            else if (item.Is("format"u8))
                format = item.Number(ProfileTable.Format);
            else if (item.Is("title"u8))
                title = item.Text(Title);
            else if (item.Is("categories"u8))
                categories = item.Texts(Categories);
            else if (item.Is("activeBucket"u8))
                isAvailable = !string.Equals(
                    item.Text(ProfileTable.ActiveBucket), ProfileTable.Unavailable, StringComparison.Ordinal);
            else if (item.Is("version"u8))
                version = item.Text(Version);
            else if (item.Is("deleted"u8))
                isDeleted = item.Number(Deleted) != 0;
            else if (item.Is("attributes"u8))
                attributes = item.Bytes(Values);
            else if (item.Is("price"u8))
                values[Price] = AttributeValue.Of(NumberOf(ref item, Price));
            else if (item.Is("createdAt"u8))
                values[CreatedAt] = AttributeValue.Of(item.Time(CreatedAt));
            else if (item.Is("endsAt"u8))
                values["expiresAt"] = AttributeValue.Of(item.Time(EndsAt));
            else if (Array.Find(s_texts, item.Name().Equals) is { } name)
                values[name] = AttributeValue.Of(item.Text(name));
            else
                item.Skip();
        }
        ItemFormat.Require(format, key);
        var id = ToItemId(key ?? throw item.Damaged(ProfileTable.UserId, "a text"));
        if (isDeleted)
            return new StoredCatalogItem(id, null, version);
        var read = new ItemChange(id, title, categories, isAvailable) { Values = values }.ApplyTo(known: null);
        return new StoredCatalogItem(id, read with { Attributes = AttributeCodec.Decode(attributes) }, version);
    }

    internal static ItemId ToItemId(string key) => ItemId.FromStored(key[ProfileTable.CatalogPrefix.Length..]);

    private static double NumberOf(ref ItemReader item, string name) =>
        double.TryParse(item.NumberOrText(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : throw item.Damaged(name, "a number");

    private static void Write(Utf8JsonWriter writer, CatalogItem item, DateTimeOffset now)
    {
        WriteHead(writer, item.ItemId);
        if (item.Title is { } title)
            writer.Text(Title, title);
        if (item.Categories.Count > 0)
            writer.Texts(Categories, item.Categories);
        foreach (var name in s_texts)
        {
            if (ItemProperty.Find(name)!.Get(item) is { } text)
                writer.Text(name, text.Text);
        }
        if (item.Price is { } price)
            writer.Number(Price, price, AttributeWriter.IsStorable(price));
        if (item.CreatedAt is { } createdAt)
            writer.Time(CreatedAt, createdAt);
        if (item.ExpiresAt is { } expiresAt)
            writer.Time(EndsAt, expiresAt);
        if (AttributeCodec.Encode(item.Attributes) is { Length: > 0 } attributes)
            writer.Bytes(Values, attributes);
        if (BucketOf(item, now) is { } bucket)
            writer.Text(ProfileTable.ActiveBucket, bucket);
    }

    private static void WriteHead(Utf8JsonWriter writer, ItemId item)
    {
        writer.Text(ProfileTable.UserId, ProfileTable.CatalogKey(item));
        writer.Text(ProfileTable.Kind, ProfileTable.CatalogItem);
        writer.Number(ProfileTable.Format, ItemFormat.Current);
        writer.Text(Version, Guid.NewGuid().ToString("N"));
    }
}

/// <summary>An item as the table has it.</summary>
/// <param name="ItemId">Which.</param>
/// <param name="Item">Null if it is deleted.</param>
/// <param name="Version">What changes with every write; null for an item of an earlier release.</param>
internal sealed record StoredCatalogItem(ItemId ItemId, CatalogItem? Item, string? Version);
