using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Recommendation.Domain;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// Writes attributes in DynamoDB's JSON: each value in an object that names its type, numbers as texts.
/// </summary>
internal static class AttributeWriter
{
    // Where DynamoDB's numbers begin and end; a number beyond them is kept as a text.
    private const double Smallest = 1E-130;
    private const double Greatest = 1E+125;

    private static readonly JsonEncodedText s_text = JsonEncodedText.Encode("S");
    private static readonly JsonEncodedText s_number = JsonEncodedText.Encode("N");
    private static readonly JsonEncodedText s_bytes = JsonEncodedText.Encode("B");
    private static readonly JsonEncodedText s_map = JsonEncodedText.Encode("M");
    private static readonly JsonEncodedText s_list = JsonEncodedText.Encode("L");

    /// <summary>Whether a table can hold it as a number.</summary>
    internal static bool IsStorable(double value) => Math.Abs(value) is 0 or (>= Smallest and <= Greatest);

    internal static void Text(this Utf8JsonWriter writer, string name, string value)
    {
        writer.WriteStartObject(name);
        writer.WriteString(s_text, value);
        writer.WriteEndObject();
    }

    internal static void Number(this Utf8JsonWriter writer, string name, long value)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out var length);
        writer.WriteStartObject(name);
        writer.WriteString(s_number, digits[..length]);
        writer.WriteEndObject();
    }

    /// <summary>A number with a fraction; as a text where it is beyond the numbers that a table can hold.</summary>
    internal static void Number(this Utf8JsonWriter writer, string name, double value, bool isStorable)
    {
        Span<byte> digits = stackalloc byte[32];
        value.TryFormat(digits, out var length, "R", CultureInfo.InvariantCulture);
        writer.WriteStartObject(name);
        writer.WriteString(isStorable ? s_number : s_text, digits[..length]);
        writer.WriteEndObject();
    }

    internal static void Texts(this Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.StartList(name);
        foreach (var value in values)
        {
            writer.WriteStartObject();
            writer.WriteString(s_text, value);
            writer.WriteEndObject();
        }
        writer.EndList();
    }

    internal static void Time(this Utf8JsonWriter writer, string name, DateTimeOffset time) =>
        writer.Text(name, Timestamps.Format(time));

    internal static void Bytes(this Utf8JsonWriter writer, string name, ReadOnlySpan<byte> value)
    {
        writer.WriteStartObject(name);
        writer.WriteBase64String(s_bytes, value);
        writer.WriteEndObject();
    }

    internal static void StartMap(this Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject(name);
        writer.WriteStartObject(s_map);
    }

    /// <summary>Begins a map that is an element of a list.</summary>
    internal static void StartMap(this Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartObject(s_map);
    }

    internal static void EndMap(this Utf8JsonWriter writer)
    {
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    internal static void StartList(this Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject(name);
        writer.WriteStartArray(s_list);
    }

    internal static void EndList(this Utf8JsonWriter writer)
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
