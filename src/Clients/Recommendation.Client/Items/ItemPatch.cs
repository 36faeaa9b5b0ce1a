using System.Text.Json;

namespace Recommendation.Client;

/// <summary>What to change of an item. A member that is null changes nothing; <see cref="Remove"/> removes.</summary>
public sealed class ItemPatch
{
    private static readonly string[] s_properties =
    [
        "title", "categories", "available", "description", "price", "currency", "imageUrl", "url", "createdAt",
        "expiresAt", "group",
    ];

    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);

    /// <summary>The new title.</summary>
    public string? Title { get; set; }

    /// <summary>The new categories, in place of all there are.</summary>
    public IReadOnlyList<string>? Categories { get; set; }

    /// <summary>Whether it may be recommended.</summary>
    public bool? Available { get; set; }

    /// <summary>The new description.</summary>
    public string? Description { get; set; }

    /// <summary>The new price.</summary>
    public double? Price { get; set; }

    /// <summary>The new currency.</summary>
    public string? Currency { get; set; }

    /// <summary>The new address of a picture.</summary>
    public string? ImageUrl { get; set; }

    /// <summary>The new address of the item's page.</summary>
    public string? Url { get; set; }

    /// <summary>When the item became, or becomes, available.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>From when on the item is not recommended any more.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>What the variants of one product share.</summary>
    public string? Group { get; set; }

    /// <summary>Attributes to set by name; the others stay.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? Attributes { get; set; }

    /// <summary>Removes properties, such as <c>price</c>, and attributes.</summary>
    public ItemPatch Remove(params IReadOnlyList<string> names)
    {
        _removed.UnionWith(names);
        return this;
    }

    internal byte[] ToJson()
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, ClientJson.Writer))
        {
            writer.WriteStartObject();
            // The members of the patch are those of an item: written as one, without its id.
            var item = JsonSerializer.SerializeToElement(ToItem(), ClientJson.Default.CatalogItem);
            foreach (var member in item.EnumerateObject())
            {
                if (member.Name is not "itemId" and not "attributes" && !_removed.Contains(member.Name))
                    member.WriteTo(writer);
            }
            foreach (var name in s_properties.Where(_removed.Contains))
                writer.WriteNull(name);
            WriteAttributes(writer);
            writer.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }

    private void WriteAttributes(Utf8JsonWriter writer)
    {
        var removed = _removed.Except(s_properties, StringComparer.Ordinal).ToList();
        if (Attributes is null && removed.Count == 0)
            return;
        writer.WriteStartObject("attributes");
        foreach (var (name, value) in Attributes ?? new Dictionary<string, AttributeValue>(StringComparer.Ordinal))
        {
            if (_removed.Contains(name))
                continue;
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, value, ClientJson.Default.AttributeValue);
        }
        foreach (var name in removed)
            writer.WriteNull(name);
        writer.WriteEndObject();
    }

    private CatalogItem ToItem() => new()
    {
        ItemId = "",
        Title = Title,
        Categories = Categories,
        Available = Available,
        Description = Description,
        Price = Price,
        Currency = Currency,
        ImageUrl = ImageUrl,
        Url = Url,
        CreatedAt = CreatedAt,
        ExpiresAt = ExpiresAt,
        Group = Group,
    };
}
