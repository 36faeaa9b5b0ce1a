using System.Globalization;
using System.Numerics;
using FsCheck.Fluent;
using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Tests.Interactions;

public sealed class SequenceNumberTests
{
    [Fact]
    public void Numbers_of_56_digits_and_more_compare_as_numbers_and_not_as_text()
    {
        var shorter = SequenceNumber.Parse("9" + new string('0', 55));
        var longer = SequenceNumber.Parse("1" + new string('0', 56));

        Assert.True(shorter < longer);
        Assert.True(SequenceNumber.Parse("49590338271490256608559692538361571095921575989136588898")
            > SequenceNumber.Parse("49590338271490256608559692538361571095921575989136588897"));
    }

    [Fact]
    public void Leading_zeros_do_not_count()
    {
        Assert.Equal(SequenceNumber.Parse("42"), SequenceNumber.Parse("00042"));
        Assert.Equal(SequenceNumber.Parse("42").GetHashCode(), SequenceNumber.Parse("00042").GetHashCode());
        Assert.Equal("0", SequenceNumber.Parse("000").Value);
        Assert.True(SequenceNumber.Parse("0009") < SequenceNumber.Parse("10"));
    }

    [Fact]
    public void The_default_is_zero()
    {
        Assert.Equal(SequenceNumber.From(0), default);
        Assert.Equal(SequenceNumber.Parse("0").GetHashCode(), default(SequenceNumber).GetHashCode());
        Assert.Equal("0", default(SequenceNumber).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1e5")]
    [InlineData("0x1f")]
    [InlineData("١٢")]
    public void Other_text_is_no_sequence_number(string text) =>
        Assert.Throws<FormatException>(() => SequenceNumber.Parse(text));

    [Fact]
    public void A_number_has_at_most_128_digits()
    {
        Assert.Equal(new string('7', 128), SequenceNumber.Parse(new string('7', 128)).Value);
        Assert.Throws<FormatException>(() => SequenceNumber.Parse(new string('7', 129)));
    }

    [Fact]
    public void A_number_is_not_negative() => Assert.Throws<ArgumentOutOfRangeException>(() => SequenceNumber.From(-1));

    [Fact]
    public void The_order_is_that_of_whole_numbers()
    {
        var digits = from length in Gen.OneOf(Gen.Choose(1, 3), Gen.Choose(54, 60), Gen.Choose(1, 128))
                     from text in Gen.Choose(0, 9).ArrayOf(length)
                     select string.Concat(text);
        // Half of the pairs differ in one digit at most, since chance hardly ever gives such.
        var near = from text in digits
                   from at in Gen.Choose(0, text.Length - 1)
                   from digit in Gen.Choose(0, 9)
                   select (text, string.Concat(text.AsSpan(0, at), $"{digit}", text.AsSpan(at + 1)));
        var far = from one in digits from other in digits select (one, other);

        Always.Holds(Gen.OneOf(near, far), pair =>
        {
            var (left, right) = (SequenceNumber.Parse(pair.Item1), SequenceNumber.Parse(pair.Item2));
            var expected = Big(pair.Item1).CompareTo(Big(pair.Item2));
            Assert.Equal(Math.Sign(expected), Math.Sign(left.CompareTo(right)));
            Assert.Equal(expected == 0, left == right);
            Assert.Equal(expected < 0, left < right);
            Assert.Equal(expected > 0, left > right);
            Assert.Equal(expected <= 0, left <= right);
            Assert.Equal(expected >= 0, left >= right);
            Assert.Equal(Big(pair.Item1).ToString(CultureInfo.InvariantCulture), left.Value);
        }, times: 1000);
    }

    private static BigInteger Big(string digits) => BigInteger.Parse(digits, CultureInfo.InvariantCulture);
}
