namespace Recommendation.Domain.Interactions;

/// <summary>What is interacted with and recommended. 1–256 UTF-8 bytes, trimmed, no control characters.</summary>
public readonly record struct ItemId : IComparable<ItemId>
{
    private ItemId(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="ArgumentException">The text is no id; the message says why.</exception>
    public static ItemId Parse(string? text) => new(Identifier.Require(text, "Item id"));

    /// <returns>Null where the text is no id.</returns>
    public static ItemId? TryParse(string? text) =>
        Identifier.Check(text).Value is { } value ? new ItemId(value) : null;

    /// <summary>Wraps an id that was checked when it was stored; for adapters reading back what they wrote.</summary>
    public static ItemId FromStored(string value) => new(value);

    public int CompareTo(ItemId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}
