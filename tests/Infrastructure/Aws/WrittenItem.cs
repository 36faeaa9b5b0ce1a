using System.Text.Json;
using System.Text.Json.Nodes;

namespace Recommendation.Aws.Tests;

/// <summary>An item as an adapter writes it into a request.</summary>
internal static class WrittenItem
{
    internal static JsonObject Of(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return JsonNode.Parse(buffer.ToArray())!.AsObject();
    }
}
