using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Interactions;

/// <summary>
/// Writes events in the event format, on one line and with the fields in one order: what is put on a stream, and what
/// is quarantined of a row that came in another format. <see cref="EventDecoder"/> reads back what was given.
/// </summary>
public static class EventEncoder
{
    private static readonly JsonEncodedText s_eventId = JsonEncodedText.Encode("eventId");
    private static readonly JsonEncodedText s_userId = JsonEncodedText.Encode("userId");
    private static readonly JsonEncodedText s_itemId = JsonEncodedText.Encode("itemId");
    private static readonly JsonEncodedText s_type = JsonEncodedText.Encode("interactionType");
    private static readonly JsonEncodedText s_timestamp = JsonEncodedText.Encode("timestamp");
    private static readonly JsonEncodedText s_value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText s_currency = JsonEncodedText.Encode("currency");
    private static readonly JsonEncodedText s_recommendationId = JsonEncodedText.Encode("recommendationId");
    private static readonly JsonEncodedText s_redrivenFrom = JsonEncodedText.Encode("redrivenFrom");

    // Events are never put into HTML as they are, so names stay readable.
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The event without what the log adds: arrival and position.</summary>
    public static byte[] Encode(Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
            Write(writer, interaction);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The fields as they came, valid or not; absent ones are left out.</summary>
    public static byte[] Encode(in RawInteraction raw)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
            Write(writer, raw);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes the event as one JSON object, for writers that add to an array or to a line.</summary>
    public static void Write(Utf8JsonWriter writer, Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(interaction);
        Write(writer, new RawInteraction
        {
            EventId = interaction.EventId?.Value,
            UserId = interaction.UserId.Value,
            ItemId = interaction.ItemId.Value,
            InteractionType = interaction.Type.Value,
            Timestamp = Timestamps.Format(interaction.OccurredAt),
            Value = interaction.Value?.ToString("R", CultureInfo.InvariantCulture),
            Currency = interaction.Currency?.Value,
            RecommendationId = interaction.RecommendationId?.ToString(),
            RedrivenFrom = interaction.RedrivenFrom?.ToString(),
        });
    }

    /// <summary>Writes the fields as one JSON object.</summary>
    public static void Write(Utf8JsonWriter writer, in RawInteraction raw)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        WriteText(writer, s_eventId, raw.EventId);
        WriteText(writer, s_userId, raw.UserId);
        WriteText(writer, s_itemId, raw.ItemId);
        WriteText(writer, s_type, raw.InteractionType);
        WriteText(writer, s_timestamp, raw.Timestamp);
        WriteValue(writer, raw.Value);
        WriteText(writer, s_currency, raw.Currency);
        WriteText(writer, s_recommendationId, raw.RecommendationId);
        WriteText(writer, s_redrivenFrom, raw.RedrivenFrom);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, JsonEncodedText name, string? text)
    {
        if (text is not null)
            writer.WriteString(name, text);
    }

    // A number only where that gives back the same text; anything else stays the string that it was.
    private static void WriteValue(Utf8JsonWriter writer, string? text)
    {
        if (
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            && string.Equals(number.ToString("R", CultureInfo.InvariantCulture), text, StringComparison.Ordinal)
        )
            writer.WriteNumber(s_value, number);
        else
            WriteText(writer, s_value, text);
    }
}
