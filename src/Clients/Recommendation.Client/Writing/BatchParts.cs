using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Recommendation.Client.Writing;

/// <summary>Reads batches that were written before.</summary>
internal static class BatchParts
{
    /// <summary>The events from one place to before another one, as a batch of its own.</summary>
    internal static EventBatch Of(EventBatch batch, int from, int to)
    {
        using var document = JsonDocument.Parse(batch.Body);
        var events = document.RootElement.EnumerateArray().Skip(from).Take(to - from).Select(one => one.GetRawText());
        return new EventBatch(
            batch.Number,
            string.Create(CultureInfo.InvariantCulture, $"{batch.Key}.{from}-{to}"),
            Encoding.UTF8.GetBytes($"[{string.Join(',', events)}]"),
            to - from);
    }

    /// <summary>An event of a batch.</summary>
    internal static RecommendationEvent EventOf(JsonElement batch, int index) =>
        batch[index].Deserialize(ClientJson.Default.RecommendationEvent)!;
}

/// <summary>The counts of an answer, without its results.</summary>
internal readonly record struct AnswerCounts(int Accepted, int Duplicates, int Rejected)
{
    /// <exception cref="JsonException">The bytes are no answer of the API.</exception>
    internal static AnswerCounts Read(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        int? accepted = null, duplicates = null, rejected = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("The answer is no object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("accepted"u8))
                accepted = Number(ref reader);
            else if (reader.ValueTextEquals("duplicates"u8))
                duplicates = Number(ref reader);
            else if (reader.ValueTextEquals("rejected"u8))
                rejected = Number(ref reader);
            else if (!reader.Read() || !reader.TrySkip())
                break;
            // The results come last, and matter only if something was rejected.
            if (accepted is { } a && duplicates is { } d && rejected is { } r)
                return new AnswerCounts(a, d, r);
        }
        throw new JsonException("The answer has no counts.");
    }

    private static int Number(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number)
            ? number
            : throw new JsonException("A count is no number.");
}
