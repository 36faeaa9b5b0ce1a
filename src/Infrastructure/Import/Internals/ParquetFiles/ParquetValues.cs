using System.Globalization;
using Recommendation.Domain;
using Recommendation.Domain.Items;

namespace Recommendation.Import.Internals.ParquetFiles;

/// <summary>Values of columns as attributes of the type that the column has.</summary>
internal static class ParquetValues
{
    private static readonly HashSet<Type> s_numbers =
    [
        typeof(int), typeof(long), typeof(double), typeof(float), typeof(decimal), typeof(short), typeof(ushort),
        typeof(sbyte), typeof(byte), typeof(uint), typeof(ulong),
    ];

    private static readonly HashSet<Type> s_texts =
        [typeof(ReadOnlyMemory<char>), typeof(ReadOnlyMemory<byte>), typeof(string), typeof(Guid), typeof(TimeSpan)];

    /// <returns>Null for a type that no attribute has.</returns>
    internal static AttributeType? TypeOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (s_numbers.Contains(type))
            return AttributeType.Number;
        if (type == typeof(bool))
            return AttributeType.Boolean;
        if (type == typeof(DateTime) || type == typeof(DateOnly))
            return AttributeType.Time;
        return s_texts.Contains(type) ? AttributeType.Text : null;
    }

    /// <summary>What a list of values is.</summary>
    internal static AttributeType ListOf(AttributeType element) =>
        element == AttributeType.Number ? AttributeType.Vector : AttributeType.TextList;

    internal static AttributeValue? Of(string text, AttributeType type) => type switch
    {
        AttributeType.Number => AttributeValue.Of(double.Parse(text, CultureInfo.InvariantCulture)),
        AttributeType.Boolean => AttributeValue.Of(bool.Parse(text)),
        AttributeType.Time => Timestamps.Parse(text) is { } time ? AttributeValue.Of(time) : null,
        _ => AttributeValue.Of(text),
    };

    /// <returns>Null for no elements: an item without a value has an empty list in many files.</returns>
    internal static AttributeValue? Of(IReadOnlyList<string> elements, AttributeType type)
    {
        if (elements.Count == 0)
            return null;
        if (type != AttributeType.Vector)
            return AttributeValue.Of(elements);
        var vector = elements.Select(text => (float)double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        // A number that is too large for a vector is told by whoever checks the item.
        return Array.TrueForAll(vector, float.IsFinite) ? AttributeValue.Of(vector) : AttributeValue.Of(elements);
    }
}
