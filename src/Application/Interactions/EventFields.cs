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

    /// <summary>
    /// Takes the field whose name the reader is on, and leaves the reader on the last token of its value.
    /// </summary>
    internal void Take(ref Utf8JsonReader reader)
    {
        var field = FieldOf(ref reader);
        reader.Read();
        if (field is not { } known)
        {
            reader.Skip();
            return;
        }
        _slots[(int)known] = known switch
        {
            // Nobody but a redrive writes it, so whatever else stands there is as good as an unknown name.
            Field.RedrivenFrom => new Slot(reader.TokenType is JsonTokenType.String ? StringOf(ref reader) : null,
                Fault.None),
            Field.RecommendationId or Field.Currency => ReadLenient(ref reader),
            _ => Read(ref reader, known),
        };
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
        RedrivenFrom = Text(Field.RedrivenFrom),
        RecommendationId = Text(Field.RecommendationId),
        Currency = Text(Field.Currency),
    };

    /// <summary>The first problem in the order of the fields; null where there is none.</summary>
    internal readonly Rejection? Problem()
    {
        for (var i = 0; i < Slots.Length; i++)
        {
            if (_slots[i].Fault is not Fault.None and var fault)
                return Bad((Field)i, Text(fault, (Field)i));
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
        if (reader.ValueTextEquals("type"u8))
            return Field.Type;
        if (reader.ValueTextEquals("recommendationId"u8))
            return Field.RecommendationId;
        if (reader.ValueTextEquals("currency"u8))
            return Field.Currency;
        return reader.ValueTextEquals("redrivenFrom"u8) ? Field.RedrivenFrom : null;
    }

    /// <summary>A value of the wrong kind is a wrong text, which does not reject the event.</summary>
    private static Slot ReadLenient(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.String => new Slot(StringOf(ref reader) ?? "", Fault.None),
        _ => new Slot("", Fault.None),
    };

    private static Slot Read(ref Utf8JsonReader reader, Field field)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return default;
            case JsonTokenType.String
                when field is Field.InteractionType or Field.Type && KnownType(ref reader) is { } known:
                return new Slot(known, Fault.None);
            case JsonTokenType.String:
                return StringOf(ref reader) is { } text ? new Slot(text, Fault.None) : new Slot(null, Fault.Unicode);
            case JsonTokenType.Number:
                return NumberOf(ref reader, field);
            case JsonTokenType.StartObject:
                return new Slot(null, Fault.Object);
            case JsonTokenType.StartArray:
                return new Slot(null, Fault.Array);
            default:
                return new Slot(null, Fault.Boolean);
        }
    }

    private static Slot NumberOf(ref Utf8JsonReader reader, Field field)
    {
        if (field is Field.InteractionType or Field.Type)
            return new Slot(null, Fault.Number);
        var bytes = BytesOf(ref reader);
        return field is Field.Value or Field.Timestamp || bytes.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0
            ? new Slot(Encoding.ASCII.GetString(bytes), Fault.None)
            : new Slot(null, Fault.Fraction);
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
        var bytes = BytesOf(ref reader);
        if (!Utf8.IsValid(bytes))
            return null;
        if (!reader.ValueIsEscaped)
            return Encoding.UTF8.GetString(bytes);
        return JsonEscapes.AreValid(bytes) ? reader.GetString() : null;
    }

    private static ReadOnlySpan<byte> BytesOf(ref Utf8JsonReader reader) =>
        reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;

    private static string Text(Fault fault, Field field) => fault switch
    {
        Fault.Unicode => "is not valid Unicode",
        Fault.Fraction => "is a number with a fraction or an exponent; write the id as a string",
        Fault.Object => $"is an object, not {Expected(field)}",
        Fault.Array => $"is an array, not {Expected(field)}",
        Fault.Number => $"is a number, not {Expected(field)}",
        _ => $"is true or false, not {Expected(field)}",
    };

    private static string Expected(Field field) => field switch
    {
        Field.InteractionType or Field.Type => "a string",
        Field.Value => "a number",
        Field.Timestamp => "a string or epoch milliseconds",
        _ => "a string or a whole number",
    };

    private static Rejection Bad(Field field, string problem) => field switch
    {
        Field.UserId => new Rejection(RejectionCode.InvalidUser, $"userId {problem}."),
        Field.ItemId => new Rejection(RejectionCode.InvalidItem, $"itemId {problem}."),
        Field.InteractionType => new Rejection(RejectionCode.InvalidType, $"interactionType {problem}."),
        Field.Type => new Rejection(RejectionCode.InvalidType, $"type {problem}."),
        Field.Timestamp => new Rejection(RejectionCode.InvalidTime, $"timestamp {problem}."),
        Field.EventId => new Rejection(RejectionCode.InvalidEventId, $"eventId {problem}."),
        _ => new Rejection(RejectionCode.InvalidValue, $"value {problem}."),
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
        RedrivenFrom,
        RecommendationId,
        Currency,
    }

    /// <summary>
    /// What is wrong with a value. A sentence is made of it at the end only: a field may come any number of times.
    /// </summary>
    private enum Fault
    {
        None,
        Unicode,
        Object,
        Array,
        Boolean,
        Number,
        Fraction,
    }

    private readonly record struct Slot(string? Text, Fault Fault);

    [InlineArray(Length)]
    private struct Slots
    {
        internal const int Length = 10;

        private Slot _first;
    }
}
