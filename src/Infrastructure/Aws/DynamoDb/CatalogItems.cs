using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using AttributeValue = Amazon.DynamoDBv2.Model.AttributeValue;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// A catalogue item as a table item. What is unavailable is listed in the sparse index, under a bucket of its own.
/// </summary>
internal static class CatalogItems
{
    private const string Title = "title";
    private const string Categories = "categories";

    internal static ItemKey KeyOf(ItemId item) => new(ProfileTable.CatalogKey(item), ProfileTable.CatalogItem);

    internal static WritableItem Of(CatalogItem item) => new(KeyOf(item.ItemId), writer => Write(writer, item));

    /// <summary>
    /// Stores what is missing and nothing else, whoever writes the item meanwhile. An item that is new this way is
    /// available: a put alone says that one is not.
    /// </summary>
    internal static UpdateItemRequest Fill(string table, CatalogItem item)
    {
        var update = new ItemUpdate();
        if (item.Title is { } title)
            update.Add(Title, new AttributeValue(title));
        if (item.Categories.Count > 0)
            update.Add(Categories, Texts(item.Categories));
        return update.ToRequest(table, KeyOf(item.ItemId));
    }

    /// <summary>Stores what the change says and nothing else, whoever writes the item meanwhile.</summary>
    internal static UpdateItemRequest Merge(string table, ItemChange change)
    {
        var update = new ItemUpdate();
        if (change.Title is { } title)
            update.Set(Title, title.Length > 0 ? new AttributeValue(title) : null);
        if (change.Categories is { } categories)
            update.Set(Categories, categories.Count > 0 ? Texts(categories) : null);
        if (change.Available is { } available)
            update.Set(ProfileTable.ActiveBucket, available ? null : new AttributeValue(ProfileTable.Unavailable));
        return update.ToRequest(table, KeyOf(change.ItemId));
    }

    internal static CatalogItem Read(ref ItemReader item)
    {
        string? key = null, title = null;
        long? format = null;
        List<string> categories = [];
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
                isAvailable = item.Text(ProfileTable.ActiveBucket).Length == 0;
            else
                item.Skip();
        }
        ItemFormat.Require(format, key);
        return new CatalogItem(
            ToItemId(key ?? throw item.Damaged(ProfileTable.UserId, "a text")),
            title,
            categories,
            isAvailable
        );
    }

    internal static ItemId ToItemId(string key) => ItemId.FromStored(key[ProfileTable.CatalogPrefix.Length..]);

    private static AttributeValue Texts(IReadOnlyList<string> texts) =>
        new() { L = [.. texts.Select(text => new AttributeValue(text))] };

    private static void Write(Utf8JsonWriter writer, CatalogItem item)
    {
        writer.Text(ProfileTable.UserId, ProfileTable.CatalogKey(item.ItemId));
        writer.Text(ProfileTable.Kind, ProfileTable.CatalogItem);
        writer.Number(ProfileTable.Format, ItemFormat.Current);
        if (item.Title is { } title)
            writer.Text(Title, title);
        if (item.Categories.Count > 0)
            writer.Texts(Categories, item.Categories);
        if (!item.Available)
            writer.Text(ProfileTable.ActiveBucket, ProfileTable.Unavailable);
    }
}
