using System.Globalization;
using System.Text.Json;

namespace Recommendation.Client.Events;

/// <summary>Writes events as the API reads them.</summary>
internal static class EventJson
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <param name="eventId">The event's id in UTF-8, if it has none of its own; empty for none.</param>
    /// <param name="time">When, if the event does not say; null to leave it to the API.</param>
    internal static void Write(
        Utf8JsonWriter writer, RecommendationEvent one, ReadOnlySpan<byte> eventId, DateTimeOffset? time)
    {
        writer.WriteStartObject();
        if (one.EventId is not null)
            writer.WriteString("eventId"u8, one.EventId);
        else if (!eventId.IsEmpty)
            writer.WriteString("eventId"u8, eventId);
        writer.WriteString("userId"u8, one.UserId);
        writer.WriteString("itemId"u8, one.ItemId);
        if (one.InteractionType is not null)
            writer.WriteString("interactionType"u8, one.InteractionType);
        if ((one.Timestamp ?? time) is { } at)
            WriteTime(writer, at);
        if (one.Value is { } value)
            writer.WriteNumber("value"u8, value);
        if (one.Currency is not null)
            writer.WriteString("currency"u8, one.Currency);
        if (one.RecommendationId is not null)
            writer.WriteString("recommendationId"u8, one.RecommendationId);
        writer.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter writer, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[32];
        time.UtcDateTime.TryFormat(text, out var length, TimeFormat, CultureInfo.InvariantCulture);
        writer.WriteString("timestamp"u8, text[..length]);
    }
}
