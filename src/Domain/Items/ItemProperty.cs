namespace Recommendation.Domain.Items;

/// <summary>
/// A property that every item may have beside title, categories and availability. Its name is no attribute's.
/// </summary>
/// <param name="Name">As JSON and columns of files name it.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="MaximumLength">How many characters a text may have.</param>
/// <param name="Get">Reads it of an item; null where the item has none.</param>
/// <param name="Set">The item with another value; null removes it.</param>
public sealed record ItemProperty(
    string Name, AttributeType Type, int MaximumLength, Func<CatalogItem, AttributeValue?> Get,
    Func<CatalogItem, AttributeValue?, CatalogItem> Set)
{
    /// <summary>The names that are the item's own, so that no attribute may have them.</summary>
    public static readonly IReadOnlySet<string> Reserved = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "itemId", "title", "categories", "available", "attributes", "description", "price", "currency", "imageUrl",
        "url", "createdAt", "expiresAt", "group",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ItemProperty> All { get; } =
    [
        Text("description", 10_000, item => item.Description, (item, text) => item with { Description = text }),
        new(
            "price", AttributeType.Number, 0, item => item.Price is { } price ? AttributeValue.Of(price) : null,
            (item, value) => item with { Price = value?.Number }),
        Text("currency", 3, item => item.Currency, (item, text) => item with { Currency = text }),
        Text("imageUrl", 2000, item => item.ImageUrl, (item, text) => item with { ImageUrl = text }),
        Text("url", 2000, item => item.Url, (item, text) => item with { Url = text }),
        Time("createdAt", item => item.CreatedAt, (item, time) => item with { CreatedAt = time }),
        Time("expiresAt", item => item.ExpiresAt, (item, time) => item with { ExpiresAt = time }),
        Text("group", 256, item => item.Group, (item, text) => item with { Group = text }),
    ];

    /// <returns>Null if there is no property of this name.</returns>
    public static ItemProperty? Find(string name) =>
        All.FirstOrDefault(property => property.Name.Equals(name, StringComparison.Ordinal));

    private static ItemProperty Text(
        string name, int maximum, Func<CatalogItem, string?> get, Func<CatalogItem, string?, CatalogItem> set) =>
        new(
            name, AttributeType.Text, maximum, item => get(item) is { } text ? AttributeValue.Of(text) : null,
            (item, value) => set(item, value?.Text));

    private static ItemProperty Time(
        string name, Func<CatalogItem, DateTimeOffset?> get, Func<CatalogItem, DateTimeOffset?, CatalogItem> set) =>
        new(
            name, AttributeType.Time, 0, item => get(item) is { } time ? AttributeValue.Of(time) : null,
            (item, value) => set(item, value?.Time));
}
