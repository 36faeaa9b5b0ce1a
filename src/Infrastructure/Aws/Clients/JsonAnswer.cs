using System.Text.Json;
using Amazon.Runtime;

namespace Recommendation.Aws.Clients;

/// <summary>Reads an answer of AWS's JSON protocol.</summary>
internal static class JsonAnswer
{
    private static readonly JsonElement s_empty = JsonElement.Parse("{}");

    internal static TResponse Read<TResponse>(in ServiceAnswer answer, Func<JsonElement, TResponse> read)
    {
        // Operations without an output answer with an empty body.
        if (answer.Body.IsEmpty)
            return read(s_empty);
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            return read(json.RootElement);
        }
        catch (Exception problem)
            when (problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new AmazonUnmarshallingException(
                answer.Header("x-amzn-RequestId") ?? "",
                "the whole answer",
                problem
            );
        }
    }

    internal static string? Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>The protocol writes times as seconds since 1970 with a fraction.</summary>
    internal static DateTime? Time(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(value.GetDecimal() * 1000m)).UtcDateTime : null;
}
