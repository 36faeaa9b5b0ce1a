using System.Text;
using Recommendation.Application.Interactions;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Import.Tests.Interactions;

public sealed class EventDecoderTests
{
    private readonly List<Interaction> _accepted = [];
    private readonly List<QuarantinedRecord> _rejected = [];

    [Fact]
    public void All_fields_of_an_event_are_read()
    {
        Decode(
            """{"eventId":"e1","userId":"u1","itemId":"i1","interactionType":"purchase","timestamp":"2026-01-31T10:00:00+01:00","value":2.5}"""
        );

        var interaction = Assert.Single(_accepted);
        Assert.Equal("e1", interaction.EventId?.Value);
        Assert.Equal(
            ("u1", "i1", InteractionType.Purchase),
            (interaction.UserId.Value, interaction.ItemId.Value, interaction.Type)
        );
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 9, 0, 0, TimeSpan.Zero), interaction.OccurredAt);
        Assert.Equal(
            (2.5, Given.Arrival, Given.Record),
            (interaction.Value, interaction.ArrivedAt, interaction.Position)
        );
    }

    [Fact]
    public void Absent_fields_and_null_mean_a_view_at_the_arrival()
    {
        Decode("""{"userId":"u1","itemId":"i1","timestamp":null,"eventId":null,"value":null}""");

        var interaction = Assert.Single(_accepted);
        Assert.Equal(
            (InteractionType.View, Given.Arrival, null, null),
            (interaction.Type, interaction.OccurredAt, interaction.EventId, interaction.Value)
        );
    }

    [Theory]
    [InlineData("""{"userId":1,"itemId":22,"eventId":333}""", "1", "22", "333")]
    [InlineData(
        """{"userId":12345678901234567890123,"itemId":"i","eventId":"e"}""",
        "12345678901234567890123",
        "i",
        "e"
    )]
    [InlineData("""{"userId":"u","userId":"v","itemId":[1],"itemId":"i","eventId":"e"}""", "v", "i", "e")]
    [InlineData("""{"\u0075serId":"\ud83d\ude00","itemId":"é","eventId":" e "}""", "😀", "é", "e")]
    [InlineData(
        "\uFEFF {\"userId\":\"u\",\"itemId\":\"i\",\"eventId\":\"e\",\"x\":{\"userId\":\"no\"},\"y\":[[1]],\"UserId\":7}\r\n",
        "u",
        "i",
        "e"
    )]
    public void Ids_are_read_from_strings_and_whole_numbers_and_the_last_of_a_name_counts(
        string json,
        string user,
        string item,
        string eventId
    )
    {
        Decode(json);

        var interaction = Assert.Single(_accepted);
        Assert.Equal(
            (user, item, eventId),
            (interaction.UserId.Value, interaction.ItemId.Value, interaction.EventId?.Value)
        );
    }

    [Theory]
    [InlineData("\"type\":\"click\"", "click")]
    [InlineData("\"type\":\"click\",\"interactionType\":\"like\"", "like")]
    [InlineData("\"interactionType\":\"like\",\"type\":\"click\"", "like")]
    [InlineData("\"interactionType\":null,\"type\":\"add-to-cart\"", "add-to-cart")]
    [InlineData("\"interactionType\":\"Shared-It\"", "shared-it")]
    public void Type_is_another_name_of_interactionType_which_goes_first(string field, string type)
    {
        Decode($$"""{"userId":"u","itemId":"i",{{field}}}""");

        Assert.Equal(type, Assert.Single(_accepted).Type.Value);
    }

    [Theory]
    [InlineData("1769850000000", 1769850000000)]
    [InlineData("\"1769850000000\"", 1769850000000)]
    [InlineData("\"2026-01-31T09:00:00Z\"", 1769850000000)]
    public void Times_are_ISO_8601_or_epoch_milliseconds(string timestamp, long expected)
    {
        Decode($$"""{"userId":"u","itemId":"i","timestamp":{{timestamp}}}""");

        Assert.Equal(expected, Assert.Single(_accepted).OccurredAt.ToUnixTimeMilliseconds());
    }

    [Theory]
    [InlineData("", "malformed", "empty")]
    [InlineData("  \n", "malformed", "empty")]
    [InlineData("hello", "malformed", "not valid JSON")]
    [InlineData("{\"userId\":\"u\"", "malformed", "not valid JSON")]
    [InlineData("{\"userId\":\"u\",\"itemId\":\"i\"} {", "malformed", "not valid JSON")]
    [InlineData("{\"userId\":\"u\",\"itemId\":\"i\",\"value\":NaN}", "malformed", "not valid JSON")]
    [InlineData("null", "malformed", "is null")]
    [InlineData("\"u\"", "malformed", "is a string")]
    [InlineData("12", "malformed", "is a number")]
    [InlineData("{}", "invalid-user", "missing")]
    [InlineData("{\"userId\":\"u\"}", "invalid-item", "missing")]
    [InlineData("{\"userId\":{},\"itemId\":\"i\"}", "invalid-user", "an object")]
    [InlineData("{\"userId\":\"u\",\"itemId\":[\"i\"]}", "invalid-item", "an array")]
    [InlineData("{\"userId\":true,\"itemId\":\"i\"}", "invalid-user", "true or false")]
    [InlineData("{\"userId\":1.5,\"itemId\":\"i\"}", "invalid-user", "a fraction")]
    [InlineData("{\"userId\":\"u\",\"itemId\":1e3}", "invalid-item", "an exponent")]
    [InlineData("{\"userId\":\"a\\u0000b\",\"itemId\":\"i\"}", "invalid-user", "U+0000")]
    [InlineData("{\"userId\":\"u\",\"itemId\":\"\\ud800\"}", "invalid-item", "not valid Unicode")]
    [InlineData("{\"userId\":\"u\",\"itemId\":\"i\",\"interactionType\":5}", "invalid-type", "a number")]
    [InlineData("{\"userId\":\"u\",\"itemId\":\"i\",\"type\":\"no spaces\"}", "invalid-type", "no spaces")]
    [InlineData(
        "{\"userId\":\"u\",\"itemId\":\"i\",\"timestamp\":\"2999-01-01T00:00:00Z\"}",
        "invalid-time",
        "after the arrival"
    )]
    [InlineData(
        "{\"userId\":\"u\",\"itemId\":\"i\",\"timestamp\":1769850000}",
        "invalid-time",
        "milliseconds, not seconds"
    )]
    [InlineData("{\"userId\":\"u\",\"itemId\":\"i\",\"timestamp\":{}}", "invalid-time", "epoch milliseconds")]
    [InlineData("{\"userId\":\"u\",\"itemId\":\"i\",\"value\":\"NaN\"}", "invalid-value", "finite")]
    [InlineData("{\"userId\":\"u\",\"itemId\":\"i\",\"value\":1e999}", "invalid-value", "finite")]
    [InlineData("{\"userId\":\"u\",\"itemId\":\"i\",\"value\":[]}", "invalid-value", "an array")]
    [InlineData("{\"userId\":\"u\",\"itemId\":\"i\",\"eventId\":false}", "invalid-event-id", "true or false")]
    public void What_is_no_event_is_rejected_with_its_bytes_and_a_reason(string json, string code, string reason)
    {
        Decode(json);

        Assert.Empty(_accepted);
        var record = Assert.Single(_rejected);
        Assert.Equal((code, Given.Record), (record.Rejection.Code.Value, record.Position));
        Assert.Contains(reason, record.Rejection.Message, StringComparison.Ordinal);
        Assert.Equal(json, Encoding.UTF8.GetString(record.Raw.Span));
    }

    [Fact]
    public void An_id_of_300_bytes_is_rejected()
    {
        Decode($$"""{"userId":"u","itemId":"{{new string('x', 300)}}"}""");

        Assert.Contains("300 bytes", Assert.Single(_rejected).Rejection.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_reject_the_field_that_holds_them()
    {
        byte[] json = [.. "{\"userId\":\"u\",\"itemId\":\""u8, 0xff, 0xfe, .. "\"}"u8];

        EventDecoder.Decode(json, Given.Record, Given.Arrival, _accepted, _rejected);

        Assert.Equal(
            ("invalid-item", "u"),
            (Assert.Single(_rejected).Rejection.Code.Value, _rejected[0].UserId?.Value)
        );
    }

    [Fact]
    public void JSON_nested_too_deep_is_malformed()
    {
        Decode("{\"userId\":\"u\",\"itemId\":\"i\",\"x\":" + new string('[', 1000) + new string(']', 1000) + "}");

        Assert.Equal(RejectionCode.Malformed, Assert.Single(_rejected).Rejection.Code);
    }

    [Fact]
    public void Reading_an_array_of_a_million_elements_stops_at_the_limit_and_allocates_for_those_before_it()
    {
        var zeros = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("0", 1_000_000))}]");
        var events = new List<DecodedEvent>();
        EventDecoder.Read(zeros, [], maximumEvents: 500);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(EventDecoder.Read(zeros, events, maximumEvents: 500));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 * 1024);
        Assert.Equal(500, events.Count);
        Assert.False(EventDecoder.Read(zeros, [], maximumProblems: 10));
    }

    [Fact]
    public void A_bad_element_of_an_array_is_rejected_alone()
    {
        Decode(
            """[{"userId":"u0","itemId":"i"},{"userId":"u1","itemId":{"a":[1]}}, [1] ,{"userId":"u3","itemId":"i"}]"""
        );

        Assert.Equal([("u0", 0), ("u3", 3)], _accepted.Select(i => (i.UserId.Value, i.Position.Index)));
        Assert.Equal([1, 2], _rejected.Select(r => r.Position.Index));
        Assert.Equal(
            ("u1", """{"userId":"u1","itemId":{"a":[1]}}"""),
            (_rejected[0].UserId?.Value, Encoding.UTF8.GetString(_rejected[0].Raw.Span))
        );
        Assert.Equal((null, "[1]"), (_rejected[1].UserId?.Value, Encoding.UTF8.GetString(_rejected[1].Raw.Span)));
    }

    [Fact]
    public void An_array_that_breaks_off_is_rejected_whole_and_is_of_nobody()
    {
        const string json = """[{"userId":"u0","itemId":"i"},{"userId":"u1",""";
        Decode(json);

        Assert.Empty(_accepted);
        var record = Assert.Single(_rejected);
        Assert.Equal(
            (0, null, json),
            (record.Position.Index, record.UserId?.Value, Encoding.UTF8.GetString(record.Raw.Span))
        );
    }

    [Fact]
    public void An_empty_array_holds_no_event()
    {
        Decode("[]");

        Assert.Empty(_accepted);
        Assert.Empty(_rejected);
    }

    [Fact]
    public void A_broken_record_is_of_nobody_since_others_may_be_behind_the_break()
    {
        Decode("""{"userId":"u1","itemId":""");

        Assert.Null(Assert.Single(_rejected).UserId);
    }

    [Fact]
    public void Escaped_texts_are_read_as_the_JSON_reader_reads_them_and_rejected_where_it_throws()
    {
        string[] pieces = ["x", "\\n", "\\\\", "\\u0041", "\\ud83d", "\\ude00", "\\uD83D\\uDE00", "u0041"];
        var texts = from a in pieces from b in pieces from c in pieces from d in pieces select $"i{a}{b}{c}{d}";
        foreach (var text in texts)
        {
            _accepted.Clear();
            Decode($$"""{"userId":"u","itemId":"x","value":1,"eventId":"{{text}}"}""");
            var read = _accepted.Count == 0 ? null : _accepted[0].EventId?.Value;
            Assert.Equal(Expected(text), read);
        }

        static string? Expected(string text)
        {
            try
            {
                var expected = System.Text.Json.JsonDocument.Parse($"\"{text}\"").RootElement.GetString()!.Trim();
                return expected.Contains('\n', StringComparison.Ordinal) ? null : expected;
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }
    }

    private void Decode(string json) =>
        EventDecoder.Decode(Given.Bytes(json), Given.Record, Given.Arrival, _accepted, _rejected);
}
