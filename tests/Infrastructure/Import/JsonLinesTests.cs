using System.Text;

namespace Recommendation.Import.Tests;

public sealed class JsonLinesTests
{
    [Fact]
    public void Each_line_is_an_event_whatever_its_line_end()
    {
        var rows = Given.Rows(
            "\uFEFF\r\n{\"userId\":\"u1\",\"itemId\":\"i1\"}\r\n\n  \n {\"userId\":\"u2\",\"itemId\":\"i2\"} "
                + "\n{\"userId\":\"u3\",\"itemId\":\"i3\"}"
        );

        Assert.Equal([(2L, "u1"), (5L, "u2"), (6L, "u3")], rows.Select(r => (r.Line, r.Event.UserId)));
        Assert.All(rows, row => Assert.Equal(ImportRowKind.Event, row.Kind));
    }

    [Fact]
    public void A_line_may_be_an_array_of_events()
    {
        var rows = Given.Rows(
            """[{"userId":"u1","itemId":"i1"},7,{"userId":"u3","itemId":"i3"}]"""
                + "\n"
                + """{"userId":"u4","itemId":"i4"}"""
        );

        Assert.Equal(
            [
                (1L, 0, ImportRowKind.Event),
                (1L, 1, ImportRowKind.Rejected),
                (1L, 2, ImportRowKind.Event),
                (2L, 0, ImportRowKind.Event),
            ],
            rows.Select(r => (r.Line, r.Index, r.Kind))
        );
        Assert.Equal("7", Encoding.UTF8.GetString(rows[1].ToRawBytes()));
    }

    [Fact]
    public void A_bad_line_is_rejected_with_its_bytes_and_the_others_are_read()
    {
        var rows = Given.Rows(
            "{\"userId\":\"u1\",\"itemId\":\"i1\"}\n{\"userId\":\n\0\0binary\n{\"userId\":\"u4\",\"itemId\":\"i4\",\"value\":NaN}\n{\"userId\":\"u5\",\"itemId\":\"i5\"}\n"
        );

        Assert.Equal(
            [
                ImportRowKind.Event,
                ImportRowKind.Rejected,
                ImportRowKind.Rejected,
                ImportRowKind.Rejected,
                ImportRowKind.Event,
            ],
            rows.Select(r => r.Kind)
        );
        Assert.All(
            rows.Where(r => r.Kind == ImportRowKind.Rejected),
            row => Assert.Equal("malformed", row.Rejection?.Code.Value)
        );
        Assert.Equal("{\"userId\":", Encoding.UTF8.GetString(rows[1].ToRawBytes()));
    }

    [Theory]
    [InlineData(
        "{\"userId\":\"u1\",\"itemId\":\"i1\"}\n{\"userId\":\"u2\",\"itemId\":\"i2\",\"\u0080eventId\":\"e\"}\n"
    )]
    [InlineData(
        "{\"user_id\":\"u1\",\"item_id\":\"i1\"}\n{\"user_id\":\"u2\",\"item_id\":\"i2\",\"\u0080eventId\":\"e\"}\n"
    )]
    [InlineData("[{\"user_id\":\"u1\",\"item_id\":\"i1\"},{\"user_id\":\"u2\",\"item_id\":\"i2\",\"\\ud800\":\"e\"}]")]
    public void A_name_that_is_no_text_stops_nothing(string latin)
    {
        var rows = Given.Rows(Given.File(Encoding.Latin1.GetBytes(latin)));

        Assert.Equal(2, rows.Count);
        Assert.Equal((ImportRowKind.Event, "u1"), (rows[0].Kind, rows[0].Event.UserId));
    }

    [Fact]
    public void An_event_keeps_its_bytes_with_fields_that_are_not_ours()
    {
        const string json = """{"userId":"u1","itemId":"i1","campaign":"spring"}""";

        Assert.Equal(json, Encoding.UTF8.GetString(Assert.Single(Given.Rows(json)).ToRawBytes()));
    }

    [Fact]
    public void A_line_of_100_MB_is_rejected_without_being_held()
    {
        var stream = new PatternStream(
            Given.Bytes("{\"userId\":\"u1\",\"itemId\":\"i1\"}\n{\"userId\":\""),
            (byte)'x',
            100_000_000,
            Given.Bytes("\"}\n{\"userId\":\"u3\",\"itemId\":\"i3\"}\n")
        );
        using var file = InteractionFile.Open(stream, "orders");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var rows = file.Rows(CancellationToken.None)
            .Select(r => (r.Line, r.Kind, r.Rejection?.Code.Value, r.Raw.Length))
            .ToList();

        Assert.Equal(
            [
                (1, ImportRowKind.Event, null, 29),
                (2, ImportRowKind.Rejected, "too-large", 65536),
                (3, ImportRowKind.Event, null, 29),
            ],
            rows
        );
        Assert.InRange(file.BufferBytes, 64 * 1024, 1100 * 1024);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }

    [Theory]
    [InlineData(0, ImportRowKind.Event)]
    [InlineData(1, ImportRowKind.Rejected)]
    public void The_longest_line_allowed_has_1_MiB(int more, ImportRowKind expected)
    {
        const string head = "{\"userId\":\"u1\",\"itemId\":\"i1\",\"x\":\"";
        var line = head + new string('x', (1024 * 1024) - head.Length - 2 + more) + "\"}";

        foreach (var lineEnd in (string[])["\n", "\r\n"])
            Assert.Equal(
                [expected, ImportRowKind.Event],
                Given.Rows(line + lineEnd + "{\"userId\":\"u2\",\"itemId\":\"i2\"}").Select(r => r.Kind)
            );
        Assert.Equal([expected], Given.Rows(line).Select(r => r.Kind));
    }

    [Fact]
    public void Memory_does_not_grow_with_the_file()
    {
        using var file = InteractionFile.Open(
            new PatternStream(Given.Bytes("{\"userId\":\"u\",\"itemId\":\"i\"}\n"), (byte)'\n', 2_000_000, []),
            "orders"
        );

        Assert.Single(file.Rows(CancellationToken.None));
        Assert.Equal(64 * 1024, file.BufferBytes);
        Assert.Equal(2_000_028, file.BytesRead);
    }

    [Fact]
    public void Reading_stops_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        using var file = Given.File("{\"userId\":\"u1\",\"itemId\":\"i1\"}\n{\"userId\":\"u2\",\"itemId\":\"i2\"}\n");
        using var rows = file.Rows(stop.Token).GetEnumerator();
        Assert.True(rows.MoveNext());

        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => rows.MoveNext());
    }
}
