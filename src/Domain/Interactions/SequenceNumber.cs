using System.Globalization;

namespace Recommendation.Domain.Interactions;

/// <summary>
/// A place within a partition of the log: a decimal number of any length (Kinesis uses 56 digits and more),
/// compared as a number and kept as text.
/// </summary>
public readonly record struct SequenceNumber : IComparable<SequenceNumber>
{
    public const int MaximumDigits = 128;

    private readonly string? _digits;

    private SequenceNumber(string digits) => _digits = digits;

    /// <summary>The digits, without leading zeros.</summary>
    public string Value => _digits ?? "0";

    public static SequenceNumber From(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return new SequenceNumber(value.ToString(CultureInfo.InvariantCulture));
    }

    /// <exception cref="FormatException">The text is not 1–128 decimal digits.</exception>
    public static SequenceNumber Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length is 0 or > MaximumDigits || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
            throw new FormatException($"Sequence number '{text}' is not 1–{MaximumDigits} decimal digits.");
        return text[0] == '0'
            ? new SequenceNumber(text.TrimStart('0') is { Length: > 0 } digits ? digits : "0")
            : new SequenceNumber(text);
    }

    public int CompareTo(SequenceNumber other)
    {
        var byLength = Value.Length.CompareTo(other.Value.Length);
        return byLength != 0 ? byLength : string.CompareOrdinal(Value, other.Value);
    }

    public static bool operator <(SequenceNumber left, SequenceNumber right) => left.CompareTo(right) < 0;

    public static bool operator >(SequenceNumber left, SequenceNumber right) => left.CompareTo(right) > 0;

    public static bool operator <=(SequenceNumber left, SequenceNumber right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SequenceNumber left, SequenceNumber right) => left.CompareTo(right) >= 0;

    public bool Equals(SequenceNumber other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    public override int GetHashCode() => string.GetHashCode(Value, StringComparison.Ordinal);

    public override string ToString() => Value;
}
