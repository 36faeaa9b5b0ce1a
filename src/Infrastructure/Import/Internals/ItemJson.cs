using System.Text.Json;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Import.Internals;

/// <summary>
/// One item of a catalogue as a JSON object: itemId, title, categories (an array, or text with separators), available,
/// the other properties of an item, and attributes: in an object of that name, or beside it. Of other members, objects
/// give an attribute for each of their members, and arrays of objects none.
/// </summary>
internal static class ItemJson
{
    private const int MostDepth = 4;

    internal static ItemRow Read(long line, ReadOnlyMemory<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json.Span);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                return Rejected(line, "The line is no JSON object.", json);
            var fields = default(ItemFields);
            string? problem = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                fields = Take(ref reader, fields, ref problem);
            reader.Read(); // Throws where anything but white space follows.
            return problem is null ? fields.ToRow(line, json) : Rejected(line, problem, json);
        }
        catch (JsonException)
        {
            return Rejected(line, "The line is not valid JSON.", json);
        }
        catch (InvalidOperationException)
        {
            // GetString's answer to a wrong type as well as to text that is no Unicode.
            return Rejected(line, "itemId, title and categories must be text, and available true or false.", json);
        }
    }

    private static ItemFields Take(ref Utf8JsonReader reader, ItemFields fields, ref string? problem)
    {
        var name = reader.GetString()!;
        reader.Read();
        switch (name)
        {
            case "itemId":
                return fields with { ItemId = Text(ref reader) };
            case "title":
                return fields with { Title = Text(ref reader), HasTitle = true };
            case "categories":
                return fields with
                {
                    Categories =
                        reader.TokenType == JsonTokenType.StartArray
                            ? Texts(ref reader)
                            : ItemFields.Split(Text(ref reader)),
                };
            case "available":
                return fields with
                {
                    HasAvailable = true,
                    Available = reader.TokenType is JsonTokenType.True or JsonTokenType.False
                        ? reader.GetBoolean().ToString()
                        : Text(ref reader),
                };
            default:
                fields = fields with { Values = fields.Values ?? new(StringComparer.Ordinal) };
                Add(fields.Values, name, JsonElement.ParseValue(ref reader), depth: 0, ref problem);
                return fields;
        }
    }

    private static void Add(
        Dictionary<string, AttributeValue?> values, string name, JsonElement json, int depth, ref string? problem)
    {
        if (json.ValueKind == JsonValueKind.Object && depth < MostDepth)
        {
            var prefix = depth == 0 && name.Equals("attributes", StringComparison.Ordinal) ? "" : name + "_";
            foreach (var member in json.EnumerateObject())
                Add(values, prefix + member.Name, member.Value, depth + 1, ref problem);
            return;
        }
        var isNested = json.ValueKind == JsonValueKind.Array && json.EnumerateArray().Any(one =>
            one.ValueKind is JsonValueKind.Object or JsonValueKind.Array);
        if (json.ValueKind == JsonValueKind.Null && depth == 0 && name.Equals("attributes", StringComparison.Ordinal))
            return;
        if (isNested || json.ValueKind == JsonValueKind.Object || ItemNames.Of(name) is not { } known)
            return;
        var wrong = AttributeJson.Read(known, json, out var value);
        problem ??= wrong;
        if (problem is null)
            values[known] = value;
    }

    private static string? Text(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number)
            ? number.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : reader.GetString();

    private static List<string> Texts(ref Utf8JsonReader reader)
    {
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Text(ref reader) is { } text && !string.IsNullOrWhiteSpace(text))
                texts.Add(text.Trim());
        }
        return texts;
    }

    private static ItemRow Rejected(long line, string message, ReadOnlyMemory<byte> raw) =>
        ItemRow.Rejected(line, new Rejection(RejectionCode.Malformed, message), raw);
}
