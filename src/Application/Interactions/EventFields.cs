using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Interactions;

/// <summary>
/// Gathers the known fields of one JSON event. A field that comes twice counts as it came last, its problem included.
/// </summary>
internal struct EventFields
{
    private Slots _slots;

    /// <summary>Takes the field whose name the reader is on, and leaves the reader on the last token of its value.</summary>
    internal void Take(ref Utf8JsonReader reader)
    {
        var field = FieldOf(ref reader);
        reader.Read();
        if (field is not { } known)
        {
            reader.Skip();
            return;
        }
        _slots[(int)known] = Read(ref reader, known);
        reader.Skip();
    }

    internal readonly RawInteraction ToRaw() => new()
    {
        UserId = Text(Field.UserId),
        ItemId = Text(Field.ItemId),
        InteractionType = Text(Field.InteractionType) ?? Text(Field.Type),
        Timestamp = Text(Field.Timestamp),
        EventId = Text(Field.EventId),
        Value = Text(Field.Value),
    };

    /// <summary>The first problem in the order of the fields; null where there is none.</summary>
    internal readonly Rejection? Problem()
    {
        for (var i = 0; i < Slots.Length; i++)
        {
            if (_slots[i].Problem is { } problem)
                return problem;
        }
        return null;
    }

    private readonly string? Text(Field field) => _slots[(int)field].Text;

    private static Field? FieldOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("userId"u8))
            return Field.UserId;
        if (reader.ValueTextEquals("itemId"u8))
            return Field.ItemId;
        if (reader.ValueTextEquals("interactionType"u8))
            return Field.InteractionType;
        if (reader.ValueTextEquals("timestamp"u8))
            return Field.Timestamp;
        if (reader.ValueTextEquals("eventId"u8))
            return Field.EventId;
        if (reader.ValueTextEquals("value"u8))
            return Field.Value;
        return reader.ValueTextEquals("type"u8) ? Field.Type : null;
    }

    private static Slot Read(ref Utf8JsonReader reader, Field field)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return default;
            case JsonTokenType.String when field is Field.InteractionType or Field.Type && KnownType(ref reader) is { } known:
                return new Slot(known, null);
            case JsonTokenType.String:
                return StringOf(ref reader) is { } text ? new Slot(text, null) : Bad(field, "is not valid Unicode");
            case JsonTokenType.Number:
                return NumberOf(ref reader, field);
            default:
                return Bad(field, $"is {NameOf(reader.TokenType)}, not {Expected(field)}");
        }
    }

    private static Slot NumberOf(ref Utf8JsonReader reader, Field field)
    {
        if (field is Field.InteractionType or Field.Type)
            return Bad(field, $"is a number, not {Expected(field)}");
        var text = Encoding.ASCII.GetString(BytesOf(ref reader));
        if (field is Field.Value or Field.Timestamp || text.AsSpan().IndexOfAny('.', 'e', 'E') < 0)
            return new Slot(text, null);
        return Bad(field, "is a number with a fraction or an exponent; write the id as a string");
    }

    // Most events are of a few types: no new string for those.
    private static string? KnownType(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("view"u8))
            return "view";
        if (reader.ValueTextEquals("click"u8))
            return "click";
        if (reader.ValueTextEquals("purchase"u8))
            return "purchase";
        return reader.ValueTextEquals("add-to-cart"u8) ? "add-to-cart" : null;
    }

    private static string? StringOf(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            var bytes = BytesOf(ref reader);
            return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
        }
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // An escaped half of a surrogate pair: the reader has no other way to say so.
        }
    }

    private static ReadOnlySpan<byte> BytesOf(ref Utf8JsonReader reader) =>
        reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;

    private static string NameOf(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        _ => "true or false",
    };

    private static string Expected(Field field) => field switch
    {
        Field.InteractionType or Field.Type => "a string",
        Field.Value => "a number",
        Field.Timestamp => "a string or epoch milliseconds",
        _ => "a string or a whole number",
    };

    private static Slot Bad(Field field, string problem) => field switch
    {
        Field.UserId => new Slot(null, new Rejection(RejectionCode.InvalidUser, $"userId {problem}.")),
        Field.ItemId => new Slot(null, new Rejection(RejectionCode.InvalidItem, $"itemId {problem}.")),
        Field.InteractionType => new Slot(null, new Rejection(RejectionCode.InvalidType, $"interactionType {problem}.")),
        Field.Type => new Slot(null, new Rejection(RejectionCode.InvalidType, $"type {problem}.")),
        Field.Timestamp => new Slot(null, new Rejection(RejectionCode.InvalidTime, $"timestamp {problem}.")),
        Field.EventId => new Slot(null, new Rejection(RejectionCode.InvalidEventId, $"eventId {problem}.")),
        _ => new Slot(null, new Rejection(RejectionCode.InvalidValue, $"value {problem}.")),
    };

    private enum Field
    {
        UserId,
        ItemId,
        InteractionType,
        Type,
        EventId,
        Timestamp,
        Value,
    }

    private readonly record struct Slot(string? Text, Rejection? Problem);

    [InlineArray(Length)]
    private struct Slots
    {
        internal const int Length = 7;

        private Slot _first;
    }
}
