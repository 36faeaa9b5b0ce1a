namespace Recommendation.Domain.Interactions;

/// <summary>The person, device or session that interacts. 1–256 UTF-8 bytes, trimmed, no control characters.</summary>
public readonly record struct UserId : IComparable<UserId>
{
    private UserId(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="ArgumentException">The text is no id; the message says why.</exception>
    public static UserId Parse(string? text) => new(Identifier.Require(text, "User id"));

    /// <returns>Null where the text is no id.</returns>
    public static UserId? TryParse(string? text) =>
        Identifier.Check(text).Value is { } value ? new UserId(value) : null;

    /// <summary>Wraps an id that was checked when it was stored; for adapters reading back what they wrote.</summary>
    public static UserId FromStored(string value) => new(value);

    public int CompareTo(UserId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}
