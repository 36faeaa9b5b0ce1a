using System.Globalization;

namespace Recommendation.Domain.Items;

/// <summary>What an attribute is in the whole catalogue.</summary>
/// <param name="Type">The type of its values.</param>
/// <param name="Length">How many numbers a vector has; null for other types, and where any length will do.</param>
public sealed record AttributeShape(AttributeType Type, int? Length = null)
{
    private static readonly (AttributeType Type, string Name)[] s_names =
    [
        (AttributeType.Text, "text"), (AttributeType.Number, "number"), (AttributeType.Boolean, "boolean"),
        (AttributeType.Time, "time"), (AttributeType.TextList, "list"), (AttributeType.Vector, "vector"),
    ];

    /// <summary>The names of the types, as settings and stores write them.</summary>
    public static IReadOnlyList<string> TypeNames { get; } = [.. s_names.Select(one => one.Name)];

    /// <summary>The name of the type, as settings and stores write it.</summary>
    public string TypeName => Array.Find(s_names, one => one.Type == Type).Name;

    /// <summary>What a value of the attribute is, after "must be".</summary>
    public string Description => Type switch
    {
        AttributeType.Text => "a text",
        AttributeType.Number => "a number",
        AttributeType.Boolean => "true or false",
        AttributeType.Time => "a time, such as 2026-03-01T12:00:00Z",
        AttributeType.TextList => "a list of texts",
        _ when Length is { } length => string.Create(CultureInfo.InvariantCulture, $"a list of {length} numbers"),
        _ => "a list of numbers",
    };

    /// <summary>The shape of a value.</summary>
    public static AttributeShape Of(AttributeValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value.Type, value.Type == AttributeType.Vector ? value.Vector.Count : null);
    }

    /// <returns>Null if there is no type of this name, or the length is none.</returns>
    public static AttributeShape? TryParse(string? typeName, int? length = null)
    {
        var found = Array.FindIndex(s_names, one => one.Name.Equals(typeName, StringComparison.OrdinalIgnoreCase));
        if (found < 0)
            return null;
        var type = s_names[found].Type;
        var isRight = length is null || (type == AttributeType.Vector && length is > 0 and <= ItemRules.MaximumVector);
        return isRight ? new(type, length) : null;
    }
}
