using System.Text;
using Recommendation.Domain.Interactions;

namespace Recommendation.Import.Tests;

public sealed class CsvTests
{
    [Theory]
    [InlineData("userId,itemId,interactionType,timestamp,eventId,value\nu1,i1,purchase,2026-01-01,e1,2\n")]
    [InlineData("\uFEFF\"USERID\";ignored;Value;EventId;timestamp;TYPE;itemid\r\nu1;x,y;2;e1;2026-01-01;purchase;i1")]
    [InlineData(
        "value\titemId\teventId\ttimestamp\tinteractionType\tuserId\r\n2\t\"i1\"\te1\t2026-01-01\tpurchase\tu1\r\n"
    )]
    public void Columns_are_found_by_name_in_any_order_with_any_common_delimiter(string content)
    {
        var row = Assert.Single(Given.Rows(content));

        var expected = new RawInteraction
        {
            UserId = "u1",
            ItemId = "i1",
            InteractionType = "purchase",
            Timestamp = "2026-01-01",
            EventId = "e1",
            Value = "2",
        };
        Assert.Equal((ImportRowKind.Event, 2L, expected), (row.Kind, row.Line, row.Event));
    }

    [Fact]
    public void Interaction_files_of_public_data_sets_are_read_with_their_times_in_seconds()
    {
        var rows = Given.Rows(
            "user_id:token\titem_id:token\trating:float\ttimestamp:float\n196\t242\t3\t881250949\n186\t302\t3\t891717742.5\n1\t2\t3\tnever\n"
        );

        Assert.Equal(
            new RawInteraction
            {
                UserId = "196",
                ItemId = "242",
                Value = "3",
                Timestamp = "881250949000",
            },
            rows[0].Event
        );
        Assert.Equal(["881250949000", "891717742500", "never"], rows.Select(row => row.Event.Timestamp));
    }

    [Fact]
    public void Empty_cells_are_absent_fields()
    {
        var row = Assert.Single(Given.Rows("userId,itemId,type,value\nu1,\"\",,  \n"));

        Assert.Equal(new RawInteraction { UserId = "u1" }, row.Event);
    }

    [Fact]
    public void A_quoted_field_may_hold_delimiters_quotes_and_line_ends()
    {
        var rows = Given.Rows(
            "userId,itemId\n\"a,b\",\"say \"\"hi\"\"\"\n\"x\r\ny\",\"\"\"\"\nu3,19\" screen\nu4,i4\n"
        );

        Assert.Equal(
            [("a,b", "say \"hi\""), ("x\r\ny", "\""), ("u3", "19\" screen"), ("u4", "i4")],
            rows.Select(r => (r.Event.UserId, r.Event.ItemId))
        );
        Assert.Equal([2, 3, 5, 6], rows.Select(r => r.Line));
    }

    [Theory]
    [InlineData("u2", "1 field;")]
    [InlineData("u2,i2,x", "3 fields;")]
    [InlineData("\"u2\",i2,x", "3 fields;")]
    [InlineData("\"u2\"x,i2", "closing quote")]
    [InlineData("\"u2,i2", "quote")]
    [InlineData("u2,\"i2", "quote")]
    public void A_bad_row_is_rejected_and_reading_goes_on_with_the_next_line(string bad, string reason)
    {
        var rows = Given.Rows($"userId,itemId\nu1,i1\n{bad}\nu3,i3\n\"u4\",\"i4\"\n");

        Assert.Equal(
            [
                (2L, ImportRowKind.Event),
                (3L, ImportRowKind.Rejected),
                (4L, ImportRowKind.Event),
                (5L, ImportRowKind.Event),
            ],
            rows.Select(r => (r.Line, r.Kind))
        );
        Assert.Contains(reason, rows[1].Rejection?.Message, StringComparison.Ordinal);
        Assert.Equal(bad, Encoding.UTF8.GetString(rows[1].ToRawBytes()));
    }

    [Fact]
    public void A_quote_that_is_never_closed_costs_one_line_and_little_memory()
    {
        var content = new StringBuilder("userId,itemId\nu1,\"i1\n");
        for (var i = 0; i < 200_000; i++)
            content.Append("user,item\n");
        using var file = Given.File(content.ToString());

        var kinds = file.Rows(CancellationToken.None).GroupBy(r => r.Kind).ToDictionary(g => g.Key, g => g.Count());

        Assert.Equal((1, 200_000), (kinds[ImportRowKind.Rejected], kinds[ImportRowKind.Event]));
        Assert.InRange(file.BufferBytes, 64 * 1024, 1100 * 1024);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    public void A_row_of_100_MB_is_rejected_without_being_held(string quote)
    {
        var stream = new PatternStream(
            Given.Bytes($"userId,itemId\nu1,{quote}"),
            (byte)'x',
            100_000_000,
            Given.Bytes($"{quote}\nu2,\"i2\"\n")
        );
        using var file = InteractionFile.Open(stream, "orders");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var rows = file.Rows(CancellationToken.None).Select(r => (r.Line, r.Kind, r.Rejection?.Code.Value)).ToList();

        Assert.Equal((2L, ImportRowKind.Rejected), (rows[0].Line, rows[0].Kind));
        Assert.Equal([(3L, ImportRowKind.Event, null)], rows[1..]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }

    [Fact]
    public void A_row_that_is_not_UTF8_is_rejected()
    {
        var rows = Given.Rows(Given.File([.. "userId,itemId\nu1,"u8, 0xe9, .. "\nu2,i2\n"u8]));

        Assert.Equal([ImportRowKind.Rejected, ImportRowKind.Event], rows.Select(r => r.Kind));
        Assert.Contains("UTF-8", rows[0].Rejection?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_to_be_quarantined_is_a_JSON_event()
    {
        var row = Assert.Single(Given.Rows("userId,itemId,value,note\nu1,i1,7,gift\n"));

        Assert.Equal("""{"userId":"u1","itemId":"i1","value":7}""", Encoding.UTF8.GetString(row.ToRawBytes()));
    }

    [Theory]
    [InlineData("colour,size\nu,i\n", "'colour', 'size'; it needs userId and itemId")]
    [InlineData("colour,size\nu,i\n", "--map userId=COLUMN,itemId=COLUMN")]
    [InlineData("userId,size\nu,i\n", "--map itemId=COLUMN")]
    [InlineData("userId,timestamp\nu,i\n", "'userId', 'timestamp'; it needs userId and itemId")]
    [InlineData("userId,itemId,UserID\nu,i,u\n", "names the column userId twice")]
    [InlineData("\"userId,itemId\nu,i\n", "no CSV header: A quote is never closed")]
    [InlineData("Lorem ipsum\n", "'Lorem ipsum'; it needs")]
    public void A_header_that_does_not_do_is_refused_with_what_was_found_and_what_is_needed(
        string content,
        string message
    )
    {
        var failure = Assert.Throws<InputException>(() => Given.File(content));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }
}
