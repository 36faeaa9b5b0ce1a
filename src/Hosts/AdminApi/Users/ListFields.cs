using System.Text.Json;
using Recommendation.AdminApi.Http;
using Recommendation.Domain.Items;

namespace Recommendation.AdminApi.Users;

/// <summary>The properties and attributes that a caller wants with each item of a list.</summary>
internal sealed class ListFields
{
    private const int MaximumFields = 32;

    private readonly string[] _names;

    private ListFields(string[] names) => _names = names;

    /// <param name="fields">Names divided by commas; null for none.</param>
    internal static ListFields? From(string? fields)
    {
        if (fields is null)
            return null;
        var names = fields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.Ordinal).ToArray();
        if (names.Length is 0 or > MaximumFields)
            throw ApiProblem.Wrong($"fields has {names.Length} names; give 1–{MaximumFields}, divided by commas.");
        return Array.Find(names, name => !ItemRules.IsName(name)) is { } wrong
            ? throw ApiProblem.Wrong(
                $"fields has '{(wrong.Length <= 40 ? wrong : wrong[..40] + "…")}', which is no name of a property or "
                    + "an attribute.")
            : new ListFields(names);
    }

    /// <summary>What the item has of them.</summary>
    /// <param name="item">Null if the catalogue does not know the item.</param>
    internal IReadOnlyDictionary<string, JsonElement> Of(CatalogItem? item) => AttributeJson.ToElements(
        _names.Select(name => (Name: name, Value: item is null ? null : ValueOf(item, name)))
            .Where(one => one.Value is not null)
            .Select(one => KeyValuePair.Create(one.Name, one.Value!)));

    private static AttributeValue? ValueOf(CatalogItem item, string name) => name switch
    {
        "title" => item.Title is { } title ? AttributeValue.Of(title) : null,
        "categories" => AttributeValue.Of(item.Categories),
        "available" => AttributeValue.Of(item.Available),
        _ => ItemProperty.Find(name) is { } property ? property.Get(item) : item.Attributes.GetValueOrDefault(name),
    };
}
