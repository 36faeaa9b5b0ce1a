using FsCheck.Fluent;

namespace Recommendation.Domain.Tests;

public sealed class TimestampsTests
{
    [Theory]
    [InlineData("2026-01-31T12:34:56.789Z", "2026-01-31T12:34:56.789Z")]
    [InlineData("2026-01-31T12:34:56Z", "2026-01-31T12:34:56.000Z")]
    [InlineData("2026-01-31t12:34z", "2026-01-31T12:34:00.000Z")]
    [InlineData("2026-01-31 12:34:56Z", "2026-01-31T12:34:56.000Z")]
    [InlineData("2026-01-31", "2026-01-31T00:00:00.000Z")]
    [InlineData("  2026-01-31T12:34:56Z\n", "2026-01-31T12:34:56.000Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z")]
    public void Iso_8601_is_read(string text, string expected) => Assert.Equal(expected, Read(text));

    [Theory]
    [InlineData("2026-01-31T12:34:56")]
    [InlineData("2026-01-31T12:34:56.000")]
    [InlineData("2026-01-31T12:34:56+00:00")]
    [InlineData("2026-01-31T12:34:56-00:00")]
    public void Without_an_offset_a_time_is_utc(string text) => Assert.Equal("2026-01-31T12:34:56.000Z", Read(text));

    [Theory]
    [InlineData("2026-01-31T01:30:00+02:00", "2026-01-30T23:30:00.000Z")]
    [InlineData("2026-01-31T23:30:00-05:30", "2026-02-01T05:00:00.000Z")]
    [InlineData("2026-01-31T12:00:00+0530", "2026-01-31T06:30:00.000Z")]
    [InlineData("2026-01-31T12:00+02", "2026-01-31T10:00:00.000Z")]
    [InlineData("2026-01-31T12:00:00.5+14:00", "2026-01-30T22:00:00.500Z")]
    [InlineData("2026-01-31+02:00", "2026-01-30T22:00:00.000Z")]
    [InlineData("2026-01-31T12:00:00 +02:00", "2026-01-31T10:00:00.000Z")]
    [InlineData("2026-01-31 12:00:00 -0500", "2026-01-31T17:00:00.000Z")]
    [InlineData("2026-01-31 12:00:00-05", "2026-01-31T17:00:00.000Z")]
    [InlineData("2026-01-31T12:00:00\u221205:00", "2026-01-31T17:00:00.000Z")]
    [InlineData("2026-01-31 12:00:00 UTC", "2026-01-31T12:00:00.000Z")]
    [InlineData("2026-01-31 12:00:00.123456 UTC", "2026-01-31T12:00:00.123Z")]
    [InlineData("2026-01-31 12:00:00 GMT", "2026-01-31T12:00:00.000Z")]
    [InlineData("2026-01-31 UTC", "2026-01-31T00:00:00.000Z")]
    public void An_offset_is_taken_into_account(string text, string expected) => Assert.Equal(expected, Read(text));

    [Theory]
    [InlineData("12:00:00.1", "12:00:00.100")]
    [InlineData("12:00:00,25", "12:00:00.250")]
    [InlineData("12:00:00.123456", "12:00:00.123")]
    [InlineData("12:00:00.1239999", "12:00:00.123")]
    [InlineData("12:00:00.999999999999999999999", "12:00:00.999")]
    public void Fractions_beyond_a_millisecond_are_cut_and_not_rounded(string time, string expected) =>
        Assert.Equal($"2026-01-31T{expected}Z", Read($"2026-01-31T{time}Z"));

    [Theory]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z")]
    [InlineData("2017-01-01T05:29:60.5+05:30", "2017-01-01T00:00:00.500Z")]
    public void A_leap_second_is_read_as_the_second_after_it(string text, string expected) =>
        Assert.Equal(expected, Read(text));

    [Theory]
    [InlineData("1769862896789", "2026-01-31T12:34:56.789Z")]
    [InlineData("+1769862896789", "2026-01-31T12:34:56.789Z")]
    [InlineData("0", "1970-01-01T00:00:00.000Z")]
    [InlineData("-1", "1969-12-31T23:59:59.999Z")]
    [InlineData("253402300799999", "9999-12-31T23:59:59.999Z")]
    public void A_whole_number_is_epoch_milliseconds(string text, string expected) =>
        Assert.Equal(expected, Read(text));

    [Theory]
    [InlineData("2024-02-29", true)]
    [InlineData("2000-02-29", true)]
    [InlineData("2023-02-29", false)]
    [InlineData("1900-02-29", false)]
    [InlineData("2024-02-30", false)]
    [InlineData("2026-04-31", false)]
    public void Days_that_the_calendar_lacks_are_refused(string text, bool exists) =>
        Assert.Equal(exists, Timestamps.Parse(text) is not null);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("yesterday")]
    [InlineData("2026-1-31T12:00:00Z")]
    [InlineData("2026-00-10T12:00:00Z")]
    [InlineData("2026-13-10T12:00:00Z")]
    [InlineData("2026-01-00T12:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("20260131T123456Z")]
    [InlineData("01/31/2026 12:34:56")]
    [InlineData("2026-01-31T24:00:00Z")]
    [InlineData("2026-01-31T12:60:00Z")]
    [InlineData("2026-01-31T12:00:61Z")]
    [InlineData("2026-01-31T12Z")]
    [InlineData("2026-01-31T")]
    [InlineData("2026-01-31T12:00:00.Z")]
    [InlineData("2026-01-31T12:00:00Zulu")]
    [InlineData("2026-01-31T12:00:00  +02:00")]
    [InlineData("2026-01-31T12:00:00 CET")]
    [InlineData("2026-01-31T12:00:00 UTC+1")]
    [InlineData("2026-01-31T12:00:00+2")]
    [InlineData("2026-01-31T12:00:00+02:")]
    [InlineData("2026-01-31T12:00:00+02:0")]
    [InlineData("2026-01-31T12:00:00+24:00")]
    [InlineData("2026-01-31T12:00:00+02:60")]
    [InlineData("٢٠٢٦-01-31T12:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("1769862896.789")]
    [InlineData("1.769862896789e12")]
    [InlineData("1,769,862,896,789")]
    [InlineData("253402300800000")]
    [InlineData("99999999999999999999999")]
    public void Anything_else_is_refused(string text) => Assert.Null(Timestamps.Parse(text));

    [Fact]
    public void Written_times_have_one_form_so_that_their_text_sorts_as_they_do()
    {
        Assert.Equal("2026-03-01T12:00:00.000Z", Timestamps.Format(Some.Noon));
        Assert.Equal("2026-03-01T12:00:00.000Z", Timestamps.Format(Some.Noon.ToOffset(TimeSpan.FromHours(9))));
        Assert.Equal(
            "0042-01-01T00:00:00.000Z",
            Timestamps.Format(new DateTimeOffset(42, 1, 1, 0, 0, 0, TimeSpan.Zero))
        );
    }

    [Fact]
    public void What_is_written_is_read_back_to_the_millisecond()
    {
        var times = from day in Gen.Choose(0, 3_652_058)
                    from millisecond in Gen.Choose(0, 86_399_999)
                    from ticks in Gen.Choose(0, 9_999)
                    select DateTimeOffset.MinValue.AddDays(day).AddMilliseconds(millisecond).AddTicks(ticks);

        Always.Holds(times, time =>
        {
            var cut = Timestamps.ToMilliseconds(time);
            Assert.Equal(cut, Timestamps.Parse(Timestamps.Format(time)));
            Assert.Equal(TimeSpan.Zero, cut.Offset);
            Assert.InRange(time - cut, TimeSpan.Zero, TimeSpan.FromMilliseconds(1) - TimeSpan.FromTicks(1));
        });
    }

    [Fact]
    public void All_ways_to_write_a_moment_are_read_as_the_same_moment()
    {
        var moments = from seconds in Gen.Choose(631_152_000, 2_000_000_000)
                      from offset in Gen.Choose(-14 * 60, 14 * 60)
                      select DateTimeOffset.FromUnixTimeSeconds(seconds).ToOffset(TimeSpan.FromMinutes(offset));

        Always.Holds(moments, moment =>
        {
            Assert.Equal(moment, Timestamps.Parse(moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", null)));
            Assert.Equal(moment, Timestamps.Parse(moment.ToString("O", null)));
            Assert.Equal(moment, Timestamps.Parse($"{moment.ToUnixTimeMilliseconds()}"));
        });
    }

    private static string? Read(string text) => Timestamps.Parse(text) is { } time ? Timestamps.Format(time) : null;
}
