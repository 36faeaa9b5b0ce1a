namespace Recommendation.Domain.Interactions;

/// <summary>
/// The producer's name of one event: the same id twice is the same event sent twice. 1–256 UTF-8 bytes, trimmed, no
/// control characters.
/// </summary>
public readonly record struct EventId : IComparable<EventId>
{
    private EventId(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="ArgumentException">The text is no id; the message says why.</exception>
    public static EventId Parse(string? text) => new(Identifier.Require(text, "Event id"));

    /// <returns>Null where the text is no id.</returns>
    public static EventId? TryParse(string? text) =>
        Identifier.Check(text).Value is { } value ? new EventId(value) : null;

    /// <summary>Wraps an id that was checked when it was stored; for adapters reading back what they wrote.</summary>
    public static EventId FromStored(string value) => new(value);

    public int CompareTo(EventId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}
