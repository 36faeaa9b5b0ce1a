using Amazon.DynamoDBv2.Model;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.DynamoDb;

/// <summary>A catalogue item as a table item. What is unavailable is listed in the sparse index, under a bucket of its own.</summary>
internal static class CatalogItems
{
    private const string Title = "title";
    private const string Categories = "categories";

    internal static Item From(CatalogItem catalogItem)
    {
        var item = ProfileTable.Key(ProfileTable.CatalogKey(catalogItem.ItemId), ProfileTable.CatalogItem);
        item[ProfileTable.Format] = Attributes.Number(ItemFormat.Current);
        if (catalogItem.Title is { } title)
            item[Title] = new AttributeValue(title);
        if (catalogItem.Categories.Count > 0)
            item[Categories] = Attributes.List([.. catalogItem.Categories.Select(category => new AttributeValue(category))]);
        if (!catalogItem.Available)
            item[ProfileTable.ActiveBucket] = new AttributeValue(ProfileTable.Unavailable);
        return item;
    }

    internal static CatalogItem ToCatalogItem(Item item)
    {
        ItemFormat.Require(item);
        return new CatalogItem(
            ToItemId(item.Text(ProfileTable.UserId)),
            item.TextOrNull(Title),
            [.. item.ElementsOf(Categories).Select(category => category.S)],
            Available: !item.ContainsKey(ProfileTable.ActiveBucket));
    }

    internal static ItemId ToItemId(string key) => ItemId.FromStored(key[ProfileTable.CatalogPrefix.Length..]);
}
