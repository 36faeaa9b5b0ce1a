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
        var digits = 5 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        // decimal, since a power of ten times a double would bring back the digits that are to go
        return digits is >= 0 and <= 27
            ? new Score((double)Math.Round((decimal)value, digits))
            : new Score(double.Parse(value.ToString("E5", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture));
    }

    public int CompareTo(Score other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
