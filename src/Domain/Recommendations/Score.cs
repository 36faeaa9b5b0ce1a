using System.Globalization;

namespace Recommendation.Domain.Recommendations;

/// <summary>How well an item fits a user: finite, rounded to 6 significant digits, comparable within one list only.</summary>
public readonly record struct Score : IComparable<Score>
{
    private Score(double value) => Value = value;

    public double Value { get; }

    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public static Score Of(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A score is a finite number.");
        if (value == 0)
            return default;
        // By way of the text, since arithmetic in double or decimal would bring back digits that are to go.
        Span<char> text = stackalloc char[16]; // -1.23457E-308
        value.TryFormat(text, out var length, "E5", CultureInfo.InvariantCulture);
        return new Score(double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    public int CompareTo(Score other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
}
