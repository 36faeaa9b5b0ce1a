using System.Text.Json;
using Recommendation.Application.Pipeline;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Interactions;

/// <summary>
/// Reads records in the event format: one JSON object, or an array of them, with <c>userId</c>, <c>itemId</c>, and
/// optionally <c>interactionType</c> (or <c>type</c>), <c>timestamp</c>, <c>eventId</c>, <c>value</c>, <c>currency</c>
/// and <c>recommendationId</c>. Names are exact; unknown ones are ignored; of a name that comes twice the last counts;
/// null is the same as absent. Ids may be whole numbers.
/// </summary>
public static class EventDecoder
{
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 64 };

    private static readonly Rejection s_wrongKey = new(
        RejectionCode.WrongKey,
        "The record's partition key is not the event's user id, so the order of the user's events is not kept."
    );

    /// <summary>
    /// Decodes and validates a record. Everything in it ends in one of the two collections; nothing is
    /// thrown for its content.
    /// </summary>
    /// <param name="record">The bytes as they came; what is rejected is copied.</param>
    /// <param name="position">Where the log holds the record; the place of an event in an array is
    /// added to its index.</param>
    /// <param name="arrivedAt">When the log took the record.</param>
    /// <param name="accepted">Gets the valid events, in their order.</param>
    /// <param name="rejected">Gets the others: a bad element of an array alone, and the record once where
    /// it is no JSON.</param>
    public static void Decode(
        ReadOnlyMemory<byte> record,
        Position position,
        DateTimeOffset arrivedAt,
        ICollection<Interaction> accepted,
        ICollection<QuarantinedRecord> rejected
    )
    {
        var events = new List<DecodedEvent>(1);
        Read(record, events);
        Validate(events, position, arrivedAt, key: null, accepted, rejected);
    }

    /// <summary>Judges the events of a record.</summary>
    /// <param name="events">What <see cref="Read"/> gave of the record.</param>
    /// <param name="position">Where the log holds the record; the place of an event in an array is
    /// added to its index.</param>
    /// <param name="arrivedAt">When the log took the record.</param>
    /// <param name="key">The key that the log promises to keep in order; events of another user are rejected. Null
    /// where it promises more.</param>
    /// <param name="accepted">Gets the valid events, in their order.</param>
    /// <param name="rejected">Gets the others.</param>
    /// <param name="budget">Pays for what is rejected; validating stops where it is used up. Null for no limit.</param>
    public static void Validate(
        List<DecodedEvent> events,
        Position position,
        DateTimeOffset arrivedAt,
        string? key,
        ICollection<Interaction> accepted,
        ICollection<QuarantinedRecord> rejected,
        RecordBudget? budget = null)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(accepted);
        ArgumentNullException.ThrowIfNull(rejected);
        foreach (var decoded in events)
        {
            var result = decoded.Validate(arrivedAt, position);
            var rejection = result.Rejected;
            if (result.IdProblem is { } idProblem)
                Telemetry.RecommendationIdsRejected.Add(1, new KeyValuePair<string, object?>("reason", idProblem.Code));
            if (
                result.IsAccepted
                && key is not null
                && !string.Equals(result.Accepted.UserId.Value, key, StringComparison.Ordinal)
            )
                rejection = s_wrongKey;
            if (rejection is null)
                accepted.Add(result.Accepted!);
            else if (budget is null || budget.TakeRejection(rejection, decoded.Bytes.Length))
                rejected.Add(Quarantine(decoded, position, arrivedAt, rejection));
            else
                return;
        }
    }

    /// <summary>
    /// Reads the events of a record without validating them. A record that is no JSON gives one with a problem.
    /// </summary>
    /// <param name="record">The bytes as they came.</param>
    /// <param name="events">Gets the events, after those that it holds; an empty array gives none.</param>
    /// <param name="maximumEvents">Reading an array stops after so many events.</param>
    /// <param name="maximumProblems">Reading an array stops after so many events that cannot be validated.</param>
    /// <returns>False if the array holds more; what <paramref name="events"/> got is its beginning.</returns>
    public static bool Read(
        ReadOnlyMemory<byte> record,
        List<DecodedEvent> events,
        int maximumEvents = int.MaxValue,
        int maximumProblems = int.MaxValue
    )
    {
        ArgumentNullException.ThrowIfNull(events);
        var before = events.Count;
        var json = record.Span.StartsWith("\uFEFF"u8) ? record[3..] : record;
        try
        {
            var reader = new Utf8JsonReader(json.Span, s_options);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                if (!ReadArray(ref reader, json, events, maximumEvents, maximumProblems))
                    return false;
            }
            else
            {
                var problem = ReadOne(ref reader, out var raw);
                events.Add(new DecodedEvent(0, raw, problem, record));
            }
            reader.Read(); // Throws where anything but white space follows.
        }
        catch (JsonException exception)
        {
            // Nothing is kept of what was read: behind the break there may be other users, so
            // erasure searches the bytes.
            events.RemoveRange(before, events.Count - before);
            events.Add(new DecodedEvent(0, default, Broken(json.Span, exception), record));
        }
        return true;
    }

    /// <summary>
    /// Reads one event from the value that the reader is on, and leaves the reader on the last token of it.
    /// </summary>
    /// <param name="reader">On the first token of a value.</param>
    /// <param name="raw">The fields that could be read; also when the JSON breaks off in the middle.</param>
    /// <returns>Why the value is no event; null where it can be validated.</returns>
    /// <exception cref="JsonException">The bytes are no JSON.</exception>
    public static Rejection? ReadOne(ref Utf8JsonReader reader, out RawInteraction raw)
    {
        raw = default;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            var problem = NoObject(reader.TokenType);
            reader.Skip();
            return problem;
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

    private static bool ReadArray(
        ref Utf8JsonReader reader,
        ReadOnlyMemory<byte> json,
        List<DecodedEvent> events,
        int maximumEvents,
        int maximumProblems
    )
    {
        var problems = 0;
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (index == maximumEvents || problems > maximumProblems)
                return false;
            var start = (int)reader.TokenStartIndex;
            var problem = ReadOne(ref reader, out var raw);
            problems += problem is null ? 0 : 1;
            events.Add(new DecodedEvent(index, raw, problem, json[start..(int)reader.BytesConsumed]));
        }
        return true;
    }

    private static QuarantinedRecord Quarantine(
        in DecodedEvent decoded,
        Position position,
        DateTimeOffset arrivedAt,
        Rejection rejection
    ) =>
        new()
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
        return new Rejection(
            RejectionCode.Malformed,
            $"The record is not valid JSON: {(end < 0 ? detail : detail[..end])}"
        );
    }

    // Made once: a record can hold hundreds of thousands of such elements.
    private static readonly Rejection s_array = Malformed("The event is an array, not a JSON object.");
    private static readonly Rejection s_string = Malformed("The event is a string, not a JSON object.");
    private static readonly Rejection s_number = Malformed("The event is a number, not a JSON object.");
    private static readonly Rejection s_null = Malformed("The event is null, not a JSON object.");
    private static readonly Rejection s_boolean = Malformed("The event is true or false, not a JSON object.");

    private static Rejection NoObject(JsonTokenType type) => type switch
    {
        JsonTokenType.StartArray => s_array,
        JsonTokenType.String => s_string,
        JsonTokenType.Number => s_number,
        JsonTokenType.Null => s_null,
        _ => s_boolean,
    };

    private static Rejection Malformed(string message) => new(RejectionCode.Malformed, message);
}
