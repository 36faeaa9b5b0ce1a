namespace Recommendation.Client;

/// <summary>An item of the catalogue.</summary>
public sealed record CatalogItem
{
    /// <summary>1–256 UTF-8 bytes without control characters.</summary>
    public required string ItemId { get; set; }

    /// <summary>At most 1,000 characters.</summary>
    public string? Title { get; set; }

    /// <summary>From the widest to the narrowest, or paths such as <c>Home &gt; Kitchen</c>; at most 20.</summary>
    public IReadOnlyList<string>? Categories { get; set; }

    /// <summary>False for what must not be recommended now; null for what is available.</summary>
    public bool? Available { get; set; }

    /// <summary>At most 10,000 characters.</summary>
    public string? Description { get; set; }

    /// <summary>In the currency; not negative.</summary>
    public double? Price { get; set; }

    /// <summary>The ISO 4217 code of the price's currency.</summary>
    public string? Currency { get; set; }

    /// <summary>The address of a picture: https, http, or a path.</summary>
    public string? ImageUrl { get; set; }

    /// <summary>The address of the item's page: https, http, or a path.</summary>
    public string? Url { get; set; }

    /// <summary>When the item became, or becomes, available.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>From when on the item is not recommended any more.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>What the variants of one product share.</summary>
    public string? Group { get; set; }

    /// <summary>Other attributes by name.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? Attributes { get; set; }
}

/// <summary>A page of items.</summary>
/// <param name="Next">What to ask for the next page with; null after the last one.</param>
public sealed record CatalogPage(IReadOnlyList<CatalogItem> Items, string? Next);

internal sealed record ImportedItems(int Imported);
