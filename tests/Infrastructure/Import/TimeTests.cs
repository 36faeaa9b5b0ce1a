using System.Text;
using Recommendation.Application.Interactions;

namespace Recommendation.Import.Tests;

/// <summary>Times are read by the whole file: units, the order of day and month, and days without a time.</summary>
public sealed class TimeTests : IDisposable
{
    private const string Header = "userId,itemId,timestamp\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("import-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("1285160400", "2010-09-22T13:00:00.000Z", "seconds since 1970")]
    [InlineData("1285160400.5", "2010-09-22T13:00:00.500Z", "seconds since 1970")]
    [InlineData("1.2851604E9", "2010-09-22T13:00:00.000Z", "seconds since 1970")]
    [InlineData("1285160400123", "2010-09-22T13:00:00.123Z", "milliseconds since 1970")]
    [InlineData("1285160400123456", "2010-09-22T13:00:00.123Z", "microseconds since 1970")]
    [InlineData("1285160400123456789", "2010-09-22T13:00:00.123Z", "nanoseconds since 1970")]
    [InlineData("2010-09-22T13:00:00.123456789+00:00", "2010-09-22T13:00:00.123Z", "ISO 8601")]
    [InlineData("2010-09-22 13:00:00 UTC", "2010-09-22T13:00:00.000Z", "ISO 8601")]
    [InlineData("2010-09-22 08:00:00 -0500", "2010-09-22T13:00:00.000Z", "ISO 8601")]
    [InlineData("2010-09-22 12:59:60", "2010-09-22T13:00:00.000Z", "ISO 8601")]
    [InlineData("2010/9/22 1:00 PM", "2010-09-22T13:00:00.000Z", "ISO 8601")]
    [InlineData("9/22/2010 13:00", "2010-09-22T13:00:00.000Z", "month/day/year")]
    [InlineData("22/09/2010 13:00:00.5", "2010-09-22T13:00:00.500Z", "day/month/year")]
    [InlineData("22-9-2010 1:00:00 pm", "2010-09-22T13:00:00.000Z", "day/month/year")]
    [InlineData("9/22/2010 12:30 AM", "2010-09-22T00:30:00.000Z", "month/day/year")]
    public void A_time_is_read_in_the_form_of_the_file(string text, string expected, string form)
    {
        using var file = Given.File(Header + $"u,i,{text}\n");

        Assert.Equal(expected, Some.Time(Assert.Single(file.Rows(CancellationToken.None))));
        Assert.Equal(form, file.Reading.Times);
    }

    [Fact]
    public void A_number_of_another_unit_than_the_file_s_is_rejected_and_not_moved_to_another_year()
    {
        var rows = Given.Rows(Header + "u,i,1285160400\nu,j,1285160401\nu,k,1285160\n");

        Assert.Equal([ImportRowKind.Event, ImportRowKind.Event, ImportRowKind.Rejected], rows.Select(row => row.Kind));
        Assert.Equal(
            "line 4, column 'timestamp': '1285160' is no time from 1990 on; the numbers of this file are seconds "
                + "since 1970.",
            rows[2].Rejection?.Message);
        var later = Given.Rows(Header + "u,i,1285160400\nu,j,1285160401\nu,k,1285160402000\n")[2];
        Assert.Contains("'1285160402000' is no time from 1990 on", Some.Time(later), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("32/12/2010")]
    [InlineData("2010-02-30")]
    [InlineData("12/13/2010 25:00")]
    public void What_is_no_time_is_rejected_with_line_column_and_value(string text)
    {
        var rows = Given.Rows("userId,itemId,Order Date\n\nu,i,2010-09-22\nu,j," + text + "\n");

        Assert.StartsWith(
            $"line 4, column 'Order Date': '{text}' is no time",
            rows[1].Rejection?.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(
            $$"""{"userId":"u","itemId":"j","timestamp":"{{text}}"}""",
            Encoding.UTF8.GetString(rows[1].ToRawBytes())
        );
    }

    [Fact]
    public void Day_and_month_are_told_from_the_whole_file()
    {
        var content = new StringBuilder(Header);
        for (var i = 0; i < 200_000; i++)
            content.Append("u,i,3/4/2010\n");
        var path = Path.Combine(_folder, "late.csv");
        File.WriteAllText(path, content.Append("u,i,3/13/2010\n").ToString());

        using var file = InteractionFile.Open(path);

        Assert.Equal("month/day/year", file.Reading.Times);
        Assert.Equal("2010-03-04T00:00:00.000Z", Some.Time(file.Rows(CancellationToken.None).First()));
    }

    [Fact]
    public void Dates_of_which_no_row_tells_the_order_are_refused_with_the_way_out()
    {
        var failure = Assert.Throws<InputException>(() => Given.File(Header + "u,i,3/4/2010\nu,i,5/5/2010\n"));

        Assert.Contains("column 'timestamp', such as '3/4/2010'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--dates dmy or --dates mdy", failure.Message, StringComparison.Ordinal);
        Assert.Equal(
            "2010-04-03T00:00:00.000Z",
            Some.Time(Given.Rows(Header + "u,i,3/4/2010\n", new ReadOptions { Dates = DateOrder.DayFirst })[0])
        );
        Assert.Equal(
            "2010-03-04T00:00:00.000Z",
            Some.Time(Given.Rows(Header + "u,i,3/4/2010\n", new ReadOptions { Dates = DateOrder.MonthFirst })[0])
        );
        Assert.Equal("2010-05-05T00:00:00.000Z", Some.Time(Given.Rows(Header + "u,i,5/5/2010\n")[0]));
    }

    [Fact]
    public void Dates_of_both_orders_in_one_file_are_refused()
    {
        var failure = Assert.Throws<InputException>(() => Given.File(Header + "u,i,3/14/2010\nu,i,14/3/2010\n"));

        Assert.Contains("day/month in some rows and month/day in others", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_one_day_without_a_time_keep_the_order_of_the_file()
    {
        var rows = Given.Rows(
            Header + "u,z,2010-09-22\nu,a,2010-09-22\nv,b,2010-09-23\nu,c,2010-09-22\nu,d,20100922\n"
        );

        Assert.Equal(
            [
                "2010-09-22T00:00:00.000Z",
                "2010-09-22T00:00:00.001Z",
                "2010-09-23T00:00:00.000Z",
                "2010-09-22T00:00:00.002Z",
                "2010-09-22T00:00:00.003Z",
            ],
            rows.Select(Some.Time)
        );
        Assert.Equal([null, "2010-09-22", null, "2010-09-22", "20100922"], rows.Select(row => row.TimeAsWritten));
    }

    [Fact]
    public void Ids_that_are_all_whole_numbers_with_a_fraction_of_zero_are_whole_numbers()
    {
        var rows = Given.Rows("userId,itemId\n17850.0,8.0\n13047.0,9\n\"12583.0\",10\n");

        Assert.Equal(["17850", "13047", "12583"], rows.Select(row => row.Event.UserId ?? ""));
        Assert.Equal(["8.0", "9", "10"], rows.Select(row => row.Event.ItemId ?? ""));
    }

    [Fact]
    public void An_id_without_a_fraction_at_the_end_of_a_long_file_decides_for_all()
    {
        var content = new StringBuilder("userId,itemId\n");
        for (var i = 0; i < 200_000; i++)
            content.Append("17850.0,item\n");

        var rows = Given.Rows(content.Append("ann,item\n").ToString());

        Assert.Equal(("17850.0", "ann"), (rows[0].Event.UserId, rows[^1].Event.UserId));
    }

    [Fact]
    public void A_pipe_is_looked_at_as_far_as_it_is_kept()
    {
        var head = Given.Bytes(Header + "7.0,i,12/13/2010\n7.0,i,12/1/2010\n");
        using var file = InteractionFile.Open(
            new PatternStream(head, (byte)'\n', 3_000_000, Given.Bytes("8.0,i,1/2/2011\n")),
            "standard input"
        );

        Assert.Equal(
            [("7", "2010-12-13T00:00:00.000Z"), ("7", "2010-12-01T00:00:00.000Z"), ("8", "2011-01-02T00:00:00.000Z")],
            file.Rows(CancellationToken.None).Select(row => (row.Event.UserId ?? "", Some.Time(row))));
    }

    [Fact]
    public void The_content_that_names_a_row_has_the_time_as_the_file_has_it()
    {
        var row = Given.Rows(Header + "u,i,2010-09-22\nu,i,2010-09-22\n")[1];

        Assert.Equal("2010-09-22T00:00:00.001Z", row.Event.Timestamp);
        Assert.Equal(
            """{"userId":"u","itemId":"i","timestamp":"2010-09-22"}""",
            Encoding.UTF8.GetString(EventEncoder.Encode(row.Event with { Timestamp = row.TimeAsWritten })));
    }
}
