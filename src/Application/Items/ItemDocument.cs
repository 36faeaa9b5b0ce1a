using System.Text.Json;
using Recommendation.Domain;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Items;

/// <summary>An item of the catalogue.</summary>
/// <param name="Categories">From the widest to the narrowest, or paths.</param>
/// <param name="Available">False for what must not be recommended now.</param>
/// <param name="CreatedAt">When it became, or becomes, available.</param>
/// <param name="ExpiresAt">From when on it is not recommended any more.</param>
/// <param name="Group">What the variants of one product share.</param>
/// <param name="Attributes">Other attributes by name.</param>
public sealed record ItemDocument(
    string ItemId, string? Title, IReadOnlyList<string> Categories, bool Available, string? Description, double? Price,
    string? Currency, string? ImageUrl, string? Url, string? CreatedAt, string? ExpiresAt, string? Group,
    IReadOnlyDictionary<string, JsonElement> Attributes)
{
    /// <param name="item">The item.</param>
    public static ItemDocument From(CatalogItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new(
            item.ItemId.Value, item.Title, item.Categories, item.Available, item.Description, item.Price,
            item.Currency, item.ImageUrl, item.Url, Format(item.CreatedAt), Format(item.ExpiresAt), item.Group,
            AttributeJson.ToElements(item.Attributes));
    }

    private static string? Format(DateTimeOffset? time) => time is { } known ? Timestamps.Format(known) : null;
}
