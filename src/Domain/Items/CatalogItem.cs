using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Items;

/// <summary>What is known of an item beside the interactions with it.</summary>
/// <param name="Title">Null where none is known.</param>
/// <param name="Categories">
/// From the widest to the narrowest, or several paths such as <c>Home &gt; Kitchen</c>; empty where none are known.
/// </param>
/// <param name="Available">False for what must not be recommended now.</param>
public sealed record CatalogItem(ItemId ItemId, string? Title, IReadOnlyList<string> Categories, bool Available = true)
{
    /// <summary>A longer text about the item; null where there is none.</summary>
    public string? Description { get; init; }

    /// <summary>The price in <see cref="Currency"/>; null where none is known.</summary>
    public double? Price { get; init; }

    /// <summary>The ISO 4217 code of the price's currency; null where none is known.</summary>
    public string? Currency { get; init; }

    /// <summary>The address of a picture; null where there is none.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>The address of the item's page; null where there is none.</summary>
    public string? Url { get; init; }

    /// <summary>When the item became, or becomes, available: not recommended before. Null for always.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>From when on the item must not be recommended any more; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What the variants of one product share; null for an item that has no variants.</summary>
    public string? Group { get; init; }

    /// <summary>All other attributes by name; empty where there are none.</summary>
    public IReadOnlyDictionary<string, AttributeValue> Attributes { get; init; } = StoredAttributes.None;

    /// <summary>Whether the item may be recommended at a time.</summary>
    public bool IsRecommendable(DateTimeOffset now) => Available && !(CreatedAt > now) && !(ExpiresAt <= now);

    /// <summary>This item with the title and the categories of another where it has none itself.</summary>
    public CatalogItem FilledFrom(CatalogItem other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with
        {
            Title = Title ?? other.Title,
            Categories = Categories.Count > 0 ? Categories : other.Categories,
        };
    }

    public bool Equals(CatalogItem? other) =>
        other is not null
        && ItemId == other.ItemId
        && Available == other.Available
        && string.Equals(Title, other.Title, StringComparison.Ordinal)
        && Categories.SequenceEqual(other.Categories, StringComparer.Ordinal)
        && Texts(this) == Texts(other)
        && Price == other.Price
        && CreatedAt == other.CreatedAt
        && ExpiresAt == other.ExpiresAt
        && HaveSameAttributes(other);

    private bool HaveSameAttributes(CatalogItem other) =>
        ReferenceEquals(Attributes, other.Attributes)
        || (Attributes.Count == other.Attributes.Count
            && Attributes.All(one => other.Attributes.TryGetValue(one.Key, out var value) && value.Equals(one.Value)));

    public override int GetHashCode() => HashCode.Combine(ItemId, Title, Available);

    private static (string?, string?, string?, string?, string?) Texts(CatalogItem item) =>
        (item.Description, item.Currency, item.ImageUrl, item.Url, item.Group);
}
