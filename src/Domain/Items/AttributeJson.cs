using System.Buffers;
using System.Text.Json;

namespace Recommendation.Domain.Items;

/// <summary>
/// Attributes as callers write and read them: a time is a text, a vector an array of numbers. What an attribute is
/// decides what a text is.
/// </summary>
public static class AttributeJson
{
    /// <summary>Reads a value as what it looks like.</summary>
    /// <param name="name">The attribute, for the message.</param>
    /// <param name="json">The value.</param>
    /// <param name="value">The value; null for null.</param>
    /// <returns>A sentence about what is wrong; null if nothing is.</returns>
    public static string? Read(string name, JsonElement json, out AttributeValue? value)
    {
        value = null;
        try
        {
            switch (json.ValueKind)
            {
                case JsonValueKind.Null:
                    return null;
                case JsonValueKind.String:
                    value = AttributeValue.Of(json.GetString()!);
                    return null;
                case JsonValueKind.True or JsonValueKind.False:
                    value = AttributeValue.Of(json.GetBoolean());
                    return null;
                case JsonValueKind.Number when double.IsFinite(json.GetDouble()):
                    value = AttributeValue.Of(json.GetDouble());
                    return null;
                case JsonValueKind.Array:
                    return ReadArray(name, json, out value);
                default:
                    return json.ValueKind == JsonValueKind.Number
                        ? $"{name} is too large for a number."
                        : $"{name} is an object; give a text, a number, true or false, or an array of texts or of "
                            + "numbers.";
            }
        }
        catch (InvalidOperationException)
        {
            return $"{name} is not valid Unicode text.";
        }
    }

    /// <summary>Writes a value as callers read it.</summary>
    public static void Write(Utf8JsonWriter json, AttributeValue value)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(value);
        switch (value.Type)
        {
            case AttributeType.Text:
                json.WriteStringValue(value.Text);
                break;
            case AttributeType.Number:
                json.WriteNumberValue(value.Number);
                break;
            case AttributeType.Boolean:
                json.WriteBooleanValue(value.Boolean);
                break;
            case AttributeType.Time:
                json.WriteStringValue(Timestamps.Format(value.Time));
                break;
            case AttributeType.TextList:
                json.WriteStartArray();
                foreach (var text in value.Texts)
                    json.WriteStringValue(text);
                json.WriteEndArray();
                break;
            default:
                json.WriteStartArray();
                foreach (var number in value.Vector)
                    json.WriteNumberValue(number);
                json.WriteEndArray();
                break;
        }
    }

    /// <summary>Attributes as members of an object, by name.</summary>
    public static IReadOnlyDictionary<string, JsonElement> ToElements(
        IEnumerable<KeyValuePair<string, AttributeValue>> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in attributes)
            {
                json.WritePropertyName(name);
                Write(json, value);
            }
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.EnumerateObject()
            .ToDictionary(member => member.Name, member => member.Value.Clone(), StringComparer.Ordinal);
    }

    private static string? ReadArray(string name, JsonElement json, out AttributeValue? value)
    {
        value = null;
        var elements = json.EnumerateArray().ToList();
        if (elements.TrueForAll(element => element.ValueKind == JsonValueKind.String))
        {
            value = AttributeValue.Of([.. elements.Select(element => element.GetString()!)]);
            return null;
        }
        if (!elements.TrueForAll(element => element.ValueKind == JsonValueKind.Number))
            return $"{name} is an array of different kinds; give texts alone, or numbers alone.";
        var vector = elements.ConvertAll(element => element.GetSingle());
        if (!vector.TrueForAll(float.IsFinite))
            return $"{name} has a number that is too large for a vector.";
        value = AttributeValue.Of(vector);
        return null;
    }
}
