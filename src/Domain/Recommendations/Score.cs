using System.Globalization;

namespace Recommendation.Domain.Recommendations;

/// <summary>
/// How well an item fits a user: finite, rounded to 6 significant digits, comparable within one list only.
/// </summary>
public readonly record struct Score : IComparable<Score>
{
    private const int Digits = 6;

    private static readonly double[] s_powers =
    [
        1e0,
        1e1,
        1e2,
        1e3,
        1e4,
        1e5,
        1e6,
        1e7,
        1e8,
        1e9,
        1e10,
        1e11,
        1e12,
        1e13,
        1e14,
        1e15,
        1e16,
        1e17,
        1e18,
        1e19,
        1e20,
        1e21,
        1e22,
    ];

    private Score(double value) => Value = value;

    public double Value { get; }

    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public static Score Of(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A score is a finite number.");
        if (value == 0)
            return default;
        return new Score(TryRound(value, out var rounded) ? rounded : RoundByText(value));
    }

    public int CompareTo(Score other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>
    /// Twenty times faster than by way of the text, and the same to the last bit: six digits and a power of ten up to
    /// 10^22 are exact, so their quotient or product is the double nearest to the decimal. Only a value too near the
    /// middle of two decimals is left out.
    /// </summary>
    private static bool TryRound(double value, out double rounded)
    {
        rounded = 0;
        var magnitude = Math.Abs(value);
        if (magnitude is < 1e-16 or > 1e22)
            return false;
        var places = Digits - 1 - (int)Math.Floor(Math.Log10(magnitude));
        var scaled = places >= 0 ? magnitude * s_powers[places] : magnitude / s_powers[-places];
        // The logarithm may be off by one at a power of ten.
        if (scaled is < 1e5 or >= 1e6)
            return false;
        var whole = Math.Floor(scaled);
        // The product is off by 1e-10 at most.
        if (Math.Abs(scaled - whole - 0.5) < 1e-6)
            return false;
        var digits = scaled - whole > 0.5 ? whole + 1 : whole;
        rounded = Math.CopySign(places >= 0 ? digits / s_powers[places] : digits * s_powers[-places], value);
        return true;
    }

    // By way of the text, since arithmetic in double or decimal would bring back digits that are to go.
    private static double RoundByText(double value)
    {
        Span<char> text = stackalloc char[16]; // -1.23457E-308
        value.TryFormat(text, out var length, "E5", CultureInfo.InvariantCulture);
        return double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
