using System.Text.Json;
using System.Text.Json.Serialization;
using Recommendation.AdminApi.Http;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.AdminApi.Items;

/// <summary>What is said of an item. Null is what an item has that nothing is said of.</summary>
internal abstract class ItemMembers
{
    private readonly Dictionary<string, AttributeValue?> _values = new(StringComparer.Ordinal);
    private bool _hasTitle;
    private bool _hasCategories;
    private bool _hasAvailable;
    private bool _hasAttributes;

    // Set and not init: only what a body holds is set, which tells null from absent.

    /// <summary>At most 1,000 characters.</summary>
    public string? Title
    {
        get;
        set => (field, _hasTitle) = (value, true);
    }

    /// <summary>
    /// From the widest to the narrowest, or paths such as <c>Home &gt; Kitchen</c>; at most 20 of at most 200
    /// characters.
    /// </summary>
    public IReadOnlyList<string>? Categories
    {
        get;
        set => (field, _hasCategories) = (value, true);
    }

    /// <summary>False for what must not be recommended now; a new item is available.</summary>
    public bool? Available
    {
        get;
        set => (field, _hasAvailable) = (value, true);
    }

    /// <summary>At most 10,000 characters.</summary>
    public string? Description
    {
        get;
        set => Say("description", field = value);
    }

    /// <summary>In the currency; not negative.</summary>
    public double? Price
    {
        get;
        set
        {
            field = value;
            _values["price"] = value is { } price && double.IsFinite(price) ? AttributeValue.Of(price) : null;
        }
    }

    /// <summary>The code of the price's currency (ISO 4217), such as EUR.</summary>
    public string? Currency
    {
        get;
        set => Say("currency", field = value);
    }

    /// <summary>The address of a picture: https, http, or a path.</summary>
    public string? ImageUrl
    {
        get;
        set => Say("imageUrl", field = value);
    }

    /// <summary>The address of the item's page: https, http, or a path.</summary>
    public string? Url
    {
        get;
        set => Say("url", field = value);
    }

    /// <summary>When the item became, or becomes, available; it is not recommended before (ISO 8601).</summary>
    public string? CreatedAt
    {
        get;
        set => Say("createdAt", field = value);
    }

    /// <summary>From when on the item is not recommended any more (ISO 8601).</summary>
    public string? ExpiresAt
    {
        get;
        set => Say("expiresAt", field = value);
    }

    /// <summary>What the variants of one product share.</summary>
    public string? Group
    {
        get;
        set => Say("group", field = value);
    }

    /// <summary>
    /// Other attributes by name: texts, numbers, true or false, times (ISO 8601), arrays of texts, or vectors as arrays
    /// of numbers. An attribute has one type in the whole catalogue; null removes it.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Attributes
    {
        get;
        set => (field, _hasAttributes) = (value, true);
    }

    private protected ItemChange ToChange(ItemId item, string name, bool isPatch)
    {
        if (Price is { } price && !double.IsFinite(price))
            throw ApiProblem.Wrong($"The price of {name} is too large for a number.");
        if (isPatch && _hasAttributes && Attributes is null)
            throw ApiProblem.Wrong("attributes is null; name each attribute that is to be removed, with null.");
        foreach (var (attribute, json) in Attributes ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))
        {
            if (ItemProperty.Reserved.Contains(attribute))
                throw ApiProblem.Wrong(
                    $"'{attribute}' in the attributes of {name} is a property of every item; put it beside "
                        + "attributes.");
            if (AttributeJson.Read(attribute, json, out var value) is { } problem)
                throw ApiProblem.Wrong($"An attribute of {name} is not valid: {problem}");
            _values[attribute] = value;
        }
        return new ItemChange(
            item,
            _hasTitle ? Title ?? "" : null,
            _hasCategories ? Categories ?? [] : null,
            _hasAvailable ? Available ?? true : null
        )
        {
            Values = _values,
        };
    }

    private void Say(string name, string? text) => _values[name] = text is null ? null : AttributeValue.Of(text);
}

/// <summary>An item to add or to replace.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class ItemBody : ItemMembers
{
    /// <summary>1–256 UTF-8 bytes without control characters.</summary>
    public required string ItemId { get; set; }

    internal ItemChange ToChange(int index) =>
        ToChange(PathIds.Read(Domain.Interactions.ItemId.Parse, ItemId), $"item {index}", isPatch: false);
}

/// <summary>What to change of an item that is known. A member that is absent changes nothing; null removes.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class ItemPatchBody : ItemMembers
{
    internal ItemChange ToChange(ItemId item) => ToChange(item, $"the item '{item}'", isPatch: true);
}
