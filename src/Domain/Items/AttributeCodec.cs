using System.Buffers;
using System.Text.Json;

namespace Recommendation.Domain.Items;

/// <summary>
/// Attributes as stored JSON: texts, numbers, booleans and lists of texts as JSON has them, a time as
/// <c>{"time":milliseconds since 1970}</c>, a vector as <c>{"vector":[…]}</c>.
/// </summary>
public static class AttributeCodec
{
    private const string TimeName = "time";
    private const string VectorName = "vector";

    /// <summary>Writes attributes; none as no bytes.</summary>
    public static byte[] Encode(IReadOnlyDictionary<string, AttributeValue> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        if (attributes.Count == 0)
            return [];
        if (attributes is StoredAttributes stored)
            return stored.ToBytes();
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
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What was written; it is read when it is first asked for.</summary>
    public static IReadOnlyDictionary<string, AttributeValue> Decode(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return bytes.Length == 0 ? StoredAttributes.None : new StoredAttributes(bytes);
    }

    /// <exception cref="FormatException">The bytes were not written by <see cref="Encode"/>.</exception>
    internal static Dictionary<string, AttributeValue> Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
            foreach (var member in json.RootElement.EnumerateObject())
                attributes[member.Name] = Read(member.Value);
            return attributes;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("The attributes of an item are damaged: put the item again.", problem);
        }
    }

    private static void Write(Utf8JsonWriter json, AttributeValue value)
    {
        switch (value.Type)
        {
            case AttributeType.Time:
                json.WriteStartObject();
                json.WriteNumber(TimeName, value.Time.ToUnixTimeMilliseconds());
                json.WriteEndObject();
                break;
            case AttributeType.Vector:
                json.WriteStartObject();
                json.WritePropertyName(VectorName);
                AttributeJson.Write(json, value);
                json.WriteEndObject();
                break;
            default:
                AttributeJson.Write(json, value);
                break;
        }
    }

    private static AttributeValue Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => AttributeValue.Of(json.GetString()!),
        JsonValueKind.Number => AttributeValue.Of(json.GetDouble()),
        JsonValueKind.True or JsonValueKind.False => AttributeValue.Of(json.GetBoolean()),
        JsonValueKind.Array => AttributeValue.Of([.. json.EnumerateArray().Select(text => text.GetString()!)]),
        _ when json.TryGetProperty(TimeName, out var time) =>
            AttributeValue.Of(DateTimeOffset.FromUnixTimeMilliseconds(time.GetInt64())),
        _ => AttributeValue.Of([.. json.GetProperty(VectorName).EnumerateArray().Select(one => one.GetSingle())]),
    };
}
