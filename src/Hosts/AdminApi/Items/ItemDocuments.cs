using System.Text.Json;
using Recommendation.Application.Items;
using Recommendation.Domain;
using Recommendation.Domain.Items;

namespace Recommendation.AdminApi.Items;

/// <summary>An item of the catalogue.</summary>
/// <param name="Categories">From the widest to the narrowest, or paths.</param>
/// <param name="Available">False for what must not be recommended now.</param>
/// <param name="CreatedAt">When it became, or becomes, available.</param>
/// <param name="ExpiresAt">From when on it is not recommended any more.</param>
/// <param name="Group">What the variants of one product share.</param>
/// <param name="Attributes">Other attributes by name.</param>
internal sealed record ItemDocument(
    string ItemId, string? Title, IReadOnlyList<string> Categories, bool Available, string? Description, double? Price,
    string? Currency, string? ImageUrl, string? Url, string? CreatedAt, string? ExpiresAt, string? Group,
    IReadOnlyDictionary<string, JsonElement> Attributes)
{
    internal static ItemDocument From(CatalogItem item) => new(
        item.ItemId.Value, item.Title, item.Categories, item.Available, item.Description, item.Price, item.Currency,
        item.ImageUrl, item.Url, Format(item.CreatedAt), Format(item.ExpiresAt), item.Group,
        AttributeJson.ToElements(item.Attributes));

    private static string? Format(DateTimeOffset? time) => time is { } known ? Timestamps.Format(known) : null;
}

/// <summary>The items that were found.</summary>
/// <param name="Next">The cursor of what follows; null where nothing does.</param>
internal sealed record ItemsDocument(IReadOnlyList<ItemDocument> Items, string? Next = null);

/// <summary>What putting items would change.</summary>
/// <param name="Added">How many items the catalogue does not have.</param>
/// <param name="Changed">How many would be another than now.</param>
/// <param name="Unchanged">How many are already so.</param>
/// <param name="Items">The items that would be added or changed.</param>
internal sealed record ItemPreviewDocument(
    int Added, int Changed, int Unchanged, IReadOnlyList<PreviewedItemDocument> Items)
{
    internal static ItemPreviewDocument From(PreviewedItems preview)
    {
        var changed = preview.Items.Where(one => one.After != one.Before).ToList();
        var added = changed.Count(one => one.Before is null);
        return new(
            added, changed.Count - added, preview.Items.Count - changed.Count,
            [.. changed.Select(one => new PreviewedItemDocument(
                one.Before is { } before ? ItemDocument.From(before) : null, ItemDocument.From(one.After)))]);
    }
}

/// <summary>An item before and after.</summary>
/// <param name="Before">Null for an item that the catalogue does not have.</param>
/// <param name="After">The item as it would be.</param>
internal sealed record PreviewedItemDocument(ItemDocument? Before, ItemDocument After);

/// <summary>How many distinct items were added or replaced.</summary>
internal sealed record ImportedItemsDocument(int Imported);
