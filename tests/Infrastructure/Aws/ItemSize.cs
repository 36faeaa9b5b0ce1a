using System.Text;
using System.Text.Json.Nodes;

namespace Recommendation.Aws.Tests;

/// <summary>
/// As DynamoDB counts: names and texts in UTF-8, half a byte a digit and two, 3 bytes a list or map and 1 an element.
/// </summary>
internal static class ItemSize
{
    internal static int Of(JsonObject entries) =>
        entries.Sum(entry => Encoding.UTF8.GetByteCount(entry.Key) + OfValue(entry.Value!));

    private static int OfValue(JsonNode value)
    {
        var (type, content) = value.AsObject().Single();
        return type switch
        {
            "S" => Encoding.UTF8.GetByteCount(content!.GetValue<string>()),
            "N" => ((content!.GetValue<string>().Count(char.IsAsciiDigit) + 1) / 2) + 2,
            "B" => Convert.FromBase64String(content!.GetValue<string>()).Length,
            "BOOL" or "NULL" => 1,
            "M" => 3 + content!.AsObject().Count + Of(content.AsObject()),
            "L" => 3 + content!.AsArray().Sum(element => 1 + OfValue(element!)),
            _ => throw new InvalidOperationException($"{type} is no known type."),
        };
    }
}
