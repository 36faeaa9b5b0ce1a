using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Items;

namespace Recommendation.Cli.Output;

/// <summary>An item of the catalogue.</summary>
internal sealed record CatalogueItemDocument(
    string ItemId, string? Title, IReadOnlyList<string> Categories, bool Available, string? Description, double? Price,
    string? Currency, string? ImageUrl, string? Url, string? CreatedAt, string? ExpiresAt, string? Group,
    IReadOnlyDictionary<string, JsonElement> Attributes)
{
    internal static CatalogueItemDocument From(CatalogItem item) => new(
        item.ItemId.Value, item.Title, item.Categories, item.Available, item.Description, item.Price, item.Currency,
        item.ImageUrl, item.Url, Format(item.CreatedAt), Format(item.ExpiresAt), item.Group,
        AttributeJson.ToElements(item.Attributes));

    private static string? Format(DateTimeOffset? time) => time is { } known ? Timestamps.Format(known) : null;
}

/// <summary>Some items of the catalogue.</summary>
/// <param name="Next">The cursor of what follows; null where nothing does.</param>
internal sealed record CatalogueDocument(IReadOnlyList<CatalogueItemDocument> Items, string? Next)
{
    internal static CatalogueDocument From(ItemPage page) =>
        new([.. page.Items.Select(CatalogueItemDocument.From)], page.Next);
}

/// <summary>How many items were deleted.</summary>
internal sealed record DeletedItemsDocument(int Deleted);
