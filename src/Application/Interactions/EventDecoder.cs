using System.Text.Json;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Interactions;

/// <summary>
/// Reads records in the event format: one JSON object, or an array of them, with <c>userId</c>, <c>itemId</c>, and optionally
/// <c>interactionType</c> (or <c>type</c>), <c>timestamp</c>, <c>eventId</c> and <c>value</c>. Names are exact; unknown ones are
/// ignored; of a name that comes twice the last counts; null is the same as absent. Ids may be whole numbers.
/// </summary>
public static class EventDecoder
{
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 64 };

    private static readonly Rejection s_wrongKey = new(
        RejectionCode.WrongKey, "The record's partition key is not the event's user id, so the order of the user's events is not kept.");

    /// <summary>Decodes and judges a record. Everything in it ends in one of the two collections; nothing is thrown for its content.</summary>
    /// <param name="record">The bytes as they came; what is rejected is copied.</param>
    /// <param name="position">Where the log holds the record; the place of an event in an array is added to its index.</param>
    /// <param name="arrivedAt">When the log took the record.</param>
    /// <param name="accepted">Gets the valid events, in their order.</param>
    /// <param name="rejected">Gets the others: a bad element of an array alone, and the record once where it is no JSON.</param>
    public static void Decode(
        ReadOnlyMemory<byte> record, Position position, DateTimeOffset arrivedAt, ICollection<Interaction> accepted, ICollection<QuarantinedRecord> rejected)
    {
        var events = new List<DecodedEvent>(1);
        Read(record, events);
        Judge(events, position, arrivedAt, key: null, accepted, rejected);
    }

    /// <summary>Judges the events of a record.</summary>
    /// <param name="events">What <see cref="Read"/> gave of the record.</param>
    /// <param name="position">Where the log holds the record; the place of an event in an array is added to its index.</param>
    /// <param name="arrivedAt">When the log took the record.</param>
    /// <param name="key">The key that the log promises to keep in order; events of another user are rejected. Null where it promises more.</param>
    /// <param name="accepted">Gets the valid events, in their order.</param>
    /// <param name="rejected">Gets the others.</param>
    public static void Judge(
        List<DecodedEvent> events, Position position, DateTimeOffset arrivedAt, string? key, ICollection<Interaction> accepted, ICollection<QuarantinedRecord> rejected)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(accepted);
        ArgumentNullException.ThrowIfNull(rejected);
        foreach (var decoded in events)
        {
            var judgement = decoded.Judge(arrivedAt, position);
            if (!judgement.IsAccepted)
                rejected.Add(Quarantine(decoded, position, arrivedAt, judgement.Rejected));
            else if (key is not null && !string.Equals(judgement.Accepted.UserId.Value, key, StringComparison.Ordinal))
                rejected.Add(Quarantine(decoded, position, arrivedAt, s_wrongKey));
            else
                accepted.Add(judgement.Accepted);
        }
    }

    /// <summary>Reads the events of a record without judging them. A record that is no JSON gives one with a problem.</summary>
    /// <param name="record">The bytes as they came.</param>
    /// <param name="events">Gets the events, after those that it holds; an empty array gives none.</param>
    public static void Read(ReadOnlyMemory<byte> record, List<DecodedEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var before = events.Count;
        var json = record.Span.StartsWith("\uFEFF"u8) ? record[3..] : record;
        var raw = default(RawInteraction);
        try
        {
            var reader = new Utf8JsonReader(json.Span, s_options);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                ReadArray(ref reader, json, events, ref raw);
            }
            else
            {
                var problem = ReadOne(ref reader, out raw);
                events.Add(new DecodedEvent(0, raw, problem, record));
            }
            reader.Read(); // Throws where anything but white space follows.
        }
        catch (JsonException exception)
        {
            // What was read of a broken record is kept of its first user only: erasure looks for that.
            var first = events.Count > before ? events[before].Raw : raw;
            events.RemoveRange(before, events.Count - before);
            events.Add(new DecodedEvent(0, first, Broken(json.Span, exception), record));
        }
    }

    /// <summary>Reads one event from the value that the reader is on, and leaves the reader on the last token of it.</summary>
    /// <param name="reader">On the first token of a value.</param>
    /// <param name="raw">The fields that could be read; also when the JSON breaks off in the middle.</param>
    /// <returns>Why the value is no event; null where it can be judged.</returns>
    /// <exception cref="JsonException">The bytes are no JSON.</exception>
    public static Rejection? ReadOne(ref Utf8JsonReader reader, out RawInteraction raw)
    {
        raw = default;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            var type = reader.TokenType;
            reader.Skip();
            return new Rejection(RejectionCode.Malformed, $"The event is {NameOf(type)}, not a JSON object.");
        }
        var fields = default(EventFields);
        try
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                fields.Take(ref reader);
        }
        finally
        {
            raw = fields.ToRaw();
        }
        return fields.Problem();
    }

    private static void ReadArray(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, List<DecodedEvent> events, ref RawInteraction raw)
    {
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            var start = (int)reader.TokenStartIndex;
            var problem = ReadOne(ref reader, out raw);
            events.Add(new DecodedEvent(index, raw, problem, json[start..(int)reader.BytesConsumed]));
        }
    }

    private static QuarantinedRecord Quarantine(in DecodedEvent decoded, Position position, DateTimeOffset arrivedAt, Rejection rejection) => new()
    {
        Position = decoded.PositionIn(position),
        ArrivedAt = Timestamps.ToMilliseconds(arrivedAt),
        Rejection = rejection,
        Raw = decoded.Bytes.ToArray(),
        UserId = decoded.User,
    };

    private static Rejection Broken(ReadOnlySpan<byte> json, JsonException exception)
    {
        if (json.Trim(" \t\r\n"u8).IsEmpty)
            return new Rejection(RejectionCode.Malformed, "The record is empty.");
        var detail = exception.Message;
        var end = detail.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return new Rejection(RejectionCode.Malformed, $"The record is not valid JSON: {(end < 0 ? detail : detail[..end])}");
    }

    private static string NameOf(JsonTokenType type) => type switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };
}
