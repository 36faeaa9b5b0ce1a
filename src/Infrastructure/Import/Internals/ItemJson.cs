using System.Text.Json;
using Recommendation.Domain.Interactions;

namespace Recommendation.Import.Internals;

/// <summary>
/// One item of a catalogue as a JSON object: itemId, title, categories (an array, or text with separators), available.
/// </summary>
internal static class ItemJson
{
    internal static ItemRow Read(long line, ReadOnlyMemory<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json.Span);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                return Rejected(line, "The line is no JSON object.", json);
            var fields = default(ItemFields);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                fields = Take(ref reader, fields);
            reader.Read(); // Throws where anything but white space follows.
            return fields.ToRow(line, json);
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

    private static ItemFields Take(ref Utf8JsonReader reader, ItemFields fields)
    {
        var name = reader.GetString();
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
                reader.Skip();
                return fields;
        }
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
