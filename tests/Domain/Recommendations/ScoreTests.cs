using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Domain.Tests.Recommendations;

public sealed class ScoreTests
{
    /// <summary>Doubles of every sign and exponent: any 64 bits that are a finite number.</summary>
    private static readonly Gen<double> s_anyBits =
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        let value = BitConverter.Int64BitsToDouble(((long)high << 32) | (uint)low)
        select double.IsFinite(value) ? value : 0;

    /// <summary>Doubles near the middle between two numbers of 6 digits, where rounding is decided.</summary>
    private static readonly Gen<double> s_midpoints =
        from digits in Gen.Choose(100_000, 999_999)
        from exponent in Gen.Choose(-30, 12)
        from ulps in Gen.Choose(-3, 3)
        let middle = double.Parse($"{digits}5e{exponent}", CultureInfo.InvariantCulture)
        select BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(middle) + ulps);

    private static readonly Gen<double> s_values = Gen.OneOf(
        s_anyBits,
        s_midpoints,
        Gen.Choose(-1_000_000, 1_000_000).Select(n => n / 1e6)
    );

    [Theory]
    [InlineData(0.123456789, 0.123457)]
    [InlineData(-0.123456789, -0.123457)]
    [InlineData(1234567.0, 1234570.0)]
    [InlineData(0.000123456789, 0.000123457)]
    [InlineData(999999.5, 1000000.0)]
    [InlineData(0.9999999, 1.0)]
    [InlineData(1000.0, 1000.0)]
    [InlineData(0.1, 0.1)]
    [InlineData(double.MaxValue, 1.79769e308)]
    [InlineData(double.MinValue, -1.79769e308)]
    [InlineData(double.Epsilon, double.Epsilon)]
    [InlineData(2.2250738585072014e-308, 2.22507e-308)]
    [InlineData(1.23456499e-22, 1.23456e-22)]
    [InlineData(1.23457499e-22, 1.23457e-22)]
    public void A_score_has_6_significant_digits(double value, double expected) =>
        Assert.Equal(expected, Score.Of(value).Value);

    [Theory]
    [InlineData(100000.5, 100000.0)]
    [InlineData(100001.5, 100002.0)]
    [InlineData(-100001.5, -100002.0)]
    [InlineData(1000005.0, 1000000.0)]
    [InlineData(1000015.0, 1000020.0)]
    public void The_very_middle_is_rounded_to_even_at_every_size(double value, double expected) =>
        Assert.Equal(expected, Score.Of(value).Value);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_score_is_finite(double value) => Assert.Throws<ArgumentOutOfRangeException>(() => Score.Of(value));

    [Fact]
    public void Zero_has_one_form()
    {
        Assert.Equal(Score.Of(0.0), Score.Of(-0.0));
        Assert.Equal("0", Score.Of(-0.0).ToString());
        Assert.Equal(default, Score.Of(0));
    }

    [Fact]
    public void No_number_of_6_digits_is_nearer() =>
        Always.Holds(s_values.Where(value => Math.Abs(value) > 1e-300), value =>
        {
            var text = Score.Of(value).ToString();
            var unit = (int)Math.Floor(Math.Log10(Math.Abs(value))) - 5;
            // |value - score| <= unit / 2, in whole numbers: all is scaled by 10^scale * 2^1074.
            var scale = 320 - unit;
            var distance = BigInteger.Abs(Scaled(value, scale) - (WholeOf(text, scale) << 1074));
            Assert.True(distance * 2 <= BigInteger.Pow(10, scale + unit) << 1074, $"{value:R} became {text}");
        });

    [Fact]
    public void Rounding_twice_changes_nothing() =>
        Always.Holds(s_values, value => Assert.Equal(Score.Of(value), Score.Of(Score.Of(value).Value)), times: 3000);

    [Fact]
    public void Rounding_keeps_the_order()
    {
        var near = s_values.Select(value =>
            (value, BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) ^ 1))
        );
        var far = from one in s_values from other in s_values select (one, other);

        Always.Holds(Gen.OneOf(near, far), pair =>
        {
            if (pair.Item1 < pair.Item2)
                Assert.True(Score.Of(pair.Item1).CompareTo(Score.Of(pair.Item2)) <= 0);
            else
                Assert.True(Score.Of(pair.Item1).CompareTo(Score.Of(pair.Item2)) >= 0);
        }, times: 3000);
    }

    [Fact]
    public void What_is_written_is_read_back_exactly_and_short() =>
        Always.Holds(s_values, value =>
        {
            var score = Score.Of(value);
            var text = score.ToString();
            Assert.Equal(score.Value, double.Parse(text, CultureInfo.InvariantCulture));
            Assert.InRange(text.Split('E')[0].Replace(".", "", StringComparison.Ordinal).Trim('-', '0').Length, 0, 6);
        });

    /// <summary>The exact value of a double times 10^scale * 2^1074.</summary>
    private static BigInteger Scaled(double value, int scale)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7ff);
        var mantissa = (bits & 0xfffffffffffff) | (exponent == 0 ? 0 : 1L << 52);
        return (bits < 0 ? -1 : 1)
            * (new BigInteger(mantissa) << (Math.Max(exponent, 1) - 1))
            * BigInteger.Pow(10, scale);
    }

    /// <summary>The number that a text writes times 10^scale.</summary>
    private static BigInteger WholeOf(string text, int scale)
    {
        var (mantissa, exponent) = text.Split('E') is [var m, var e]
            ? (m, int.Parse(e, CultureInfo.InvariantCulture))
            : (text, 0);
        var decimals = mantissa.Contains('.', StringComparison.Ordinal)
            ? mantissa.Length - mantissa.IndexOf('.', StringComparison.Ordinal) - 1
            : 0;
        return BigInteger.Parse(mantissa.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)
            * BigInteger.Pow(10, scale + exponent - decimals);
    }
}
