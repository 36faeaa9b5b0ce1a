using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Archive;

/// <summary>
/// One line of the archive: an event as it was accepted, with its time always given, and what the log added:
/// <c>{"eventId","userId","itemId","interactionType","timestamp","value","currency","recommendationId","arrivedAt",
/// "partition","sequence","index","redrivenFrom"}</c>; what is absent is left out. Sequence numbers are texts, since
/// they are longer than JSON's numbers.
/// </summary>
public static class ArchiveLine
{
    // Lines are never put into HTML as they are, so names stay readable.
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the line, its end included.</summary>
    /// <param name="output">Gets the bytes.</param>
    /// <param name="interaction">An interaction with its position.</param>
    public static void Write(IBufferWriter<byte> output, Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(interaction);
        using (var writer = new Utf8JsonWriter(output, s_options))
        {
            writer.WriteStartObject();
            if (interaction.EventId is { } id)
                writer.WriteString("eventId"u8, id.Value);
            writer.WriteString("userId"u8, interaction.UserId.Value);
            writer.WriteString("itemId"u8, interaction.ItemId.Value);
            writer.WriteString("interactionType"u8, interaction.Type.Value);
            writer.WriteString("timestamp"u8, Timestamps.Format(interaction.OccurredAt));
            if (interaction.Value is { } value)
                writer.WriteNumber("value"u8, value);
            if (interaction.Currency is { } currency)
                writer.WriteString("currency"u8, currency.Value);
            if (interaction.RecommendationId is { } list)
                writer.WriteString("recommendationId"u8, list.ToString());
            writer.WriteString("arrivedAt"u8, Timestamps.Format(interaction.ArrivedAt));
            writer.WriteString("partition"u8, interaction.Position.Partition);
            writer.WriteString("sequence"u8, interaction.Position.Sequence.Value);
            if (interaction.Position.Index != 0)
                writer.WriteNumber("index"u8, interaction.Position.Index);
            if (interaction.RedrivenFrom is { } first)
                writer.WriteString("redrivenFrom"u8, first.ToString());
            writer.WriteEndObject();
        }
        output.Write("\n"u8);
    }

    /// <param name="line">The line, with or without its end.</param>
    /// <param name="source">What the line is of, for the sentence if it is damaged.</param>
    /// <exception cref="StoredFormatException">The line is no archived event.</exception>
    public static Interaction Read(ReadOnlyMemory<byte> line, string source)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var fields = json.RootElement;
            var arrivedAt =
                Timestamps.Parse(Text(fields, "arrivedAt")) ?? throw new FormatException("arrivedAt is no time.");
            var position = new Position(
                Text(fields, "partition")!,
                SequenceNumber.Parse(Text(fields, "sequence")!),
                fields.TryGetProperty("index"u8, out var index) ? index.GetInt32() : 0
            );
            var result = Interaction.Validate(
                new RawInteraction
                {
                    EventId = Text(fields, "eventId"),
                    UserId = Text(fields, "userId"),
                    ItemId = Text(fields, "itemId"),
                    InteractionType = Text(fields, "interactionType"),
                    Timestamp = Text(fields, "timestamp"),
                    Value = fields.TryGetProperty("value"u8, out var value)
                        ? value.GetDouble().ToString("R", CultureInfo.InvariantCulture)
                        : null,
                    Currency = Text(fields, "currency"),
                    RecommendationId = Text(fields, "recommendationId"),
                    RedrivenFrom = Text(fields, "redrivenFrom"),
                },
                arrivedAt,
                position
            );
            return result.Accepted ?? throw new FormatException(result.Rejected!.Message);
        }
        catch (Exception problem)
            when (problem is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new StoredFormatException($"A line of '{source}' is no archived event: {problem.Message}", problem);
        }
    }

    private static string? Text(JsonElement fields, string name) =>
        fields.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String
            ? field.GetString()
            : null;
}
