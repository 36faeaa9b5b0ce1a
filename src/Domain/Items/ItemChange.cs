using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Items;

/// <summary>What changes of an item. What is null or not named stays as it is.</summary>
/// <param name="Title">Empty to remove it.</param>
/// <param name="Categories">Empty to remove them.</param>
/// <param name="Available">A new item is available unless this says otherwise.</param>
public sealed record ItemChange(
    ItemId ItemId,
    string? Title = null,
    IReadOnlyList<string>? Categories = null,
    bool? Available = null
)
{
    private static readonly IReadOnlyDictionary<string, AttributeValue?> s_none =
        new Dictionary<string, AttributeValue?>(StringComparer.Ordinal);

    /// <summary>The other properties and the attributes that change, by their names; null removes one.</summary>
    public IReadOnlyDictionary<string, AttributeValue?> Values { get; init; } = s_none;

    /// <summary>
    /// Whether the values are texts of a table, which has no other type: they are read as what the attribute is.
    /// </summary>
    public bool IsFromText { get; init; }

    /// <summary>The change that makes an item what this one is, if it is applied to nothing.</summary>
    public static ItemChange Of(CatalogItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var values = new Dictionary<string, AttributeValue?>(StringComparer.Ordinal);
        foreach (var (name, value) in item.Attributes)
            values[name] = value;
        foreach (var property in ItemProperty.All)
        {
            if (property.Get(item) is { } value)
                values[property.Name] = value;
        }
        return new(item.ItemId, item.Title, item.Categories, item.Available) { Values = values };
    }

    /// <summary>The item after the change.</summary>
    /// <param name="known">The item before it; null for a new one.</param>
    public CatalogItem ApplyTo(CatalogItem? known)
    {
        var title = Title ?? known?.Title;
        var item = (known ?? new CatalogItem(ItemId, null, [])) with
        {
            Title = title is { Length: > 0 } ? title : null,
            Categories = Categories ?? known?.Categories ?? [],
            Available = Available ?? known?.Available ?? true,
        };
        if (Values.Count == 0)
            return item;
        Dictionary<string, AttributeValue>? attributes = null;
        foreach (var (name, value) in Values)
        {
            if (ItemProperty.Find(name) is { } property)
            {
                item = property.Set(item, value);
                continue;
            }
            attributes ??= new(item.Attributes, StringComparer.Ordinal);
            if (value is null)
                attributes.Remove(name);
            else
                attributes[name] = value;
        }
        return attributes is null ? item : item with { Attributes = attributes };
    }

    /// <summary>Both changes as one: what this one says, and where another that follows says something, that.</summary>
    public ItemChange Then(ItemChange next)
    {
        ArgumentNullException.ThrowIfNull(next);
        var values = Values;
        if (next.Values.Count > 0)
        {
            var both = new Dictionary<string, AttributeValue?>(Values, StringComparer.Ordinal);
            foreach (var (name, value) in next.Values)
                both[name] = value;
            values = both;
        }
        return new(ItemId, next.Title ?? Title, next.Categories ?? Categories, next.Available ?? Available)
        {
            Values = values,
            IsFromText = IsFromText && next.IsFromText,
        };
    }
}
