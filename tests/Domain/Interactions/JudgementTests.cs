using System.Text;
using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Tests.Interactions;

public sealed class JudgementTests
{
    [Fact]
    public void A_full_event_is_taken_over_as_it_is()
    {
        var position = new Position("p0", SequenceNumber.From(7), 2);
        var accepted = Accepted(
            Some.Raw("2026-03-01T13:00:00.1239+01:00", " ann ", "i9", "Purchase", "e1", "2.50"),
            position: position
        );

        Assert.Equal(UserId.Parse("ann"), accepted.UserId);
        Assert.Equal(ItemId.Parse("i9"), accepted.ItemId);
        Assert.Equal(InteractionType.Purchase, accepted.Type);
        Assert.Equal(EventId.Parse("e1"), accepted.EventId);
        Assert.Equal(Some.Noon.AddMilliseconds(123), accepted.OccurredAt);
        Assert.Equal(2.5, accepted.Value);
        Assert.Equal(position, accepted.Position);
    }

    [Fact]
    public void What_is_absent_has_a_default()
    {
        var accepted = Accepted(Some.Raw(), Some.Noon.AddTicks(12_345));

        Assert.Equal(InteractionType.View, accepted.Type);
        Assert.Equal(Some.Noon.AddMilliseconds(1), accepted.OccurredAt);
        Assert.Equal(Some.Noon.AddMilliseconds(1), accepted.ArrivedAt);
        Assert.Null(accepted.EventId);
        Assert.Null(accepted.Value);
        Assert.False(accepted.Position.IsAssigned);
    }

    [Fact]
    public void Each_fault_has_a_code_and_a_sentence_that_names_the_field()
    {
        Rejected(Some.Raw(user: null), RejectionCode.InvalidUser, "userId is missing or empty.");
        Rejected(Some.Raw(item: "a\u0007"), RejectionCode.InvalidItem, "itemId has the control character U+0007.");
        Rejected(Some.Raw(type: "add to cart"), RejectionCode.InvalidType, "interactionType 'add to cart'");
        Rejected(Some.Raw(type: ""), RejectionCode.InvalidType, "interactionType ''");
        Rejected(
            Some.Raw(id: " "),
            RejectionCode.InvalidEventId,
            "eventId is missing or empty; leave it out where there is none."
        );
        Rejected(Some.Raw("soon"), RejectionCode.InvalidTime, "timestamp 'soon' is neither");
        Rejected(Some.Raw(value: "two"), RejectionCode.InvalidValue, "value 'two' is not a finite number.");
    }

    [Theory]
    [InlineData("2026-03-01T12:05:00Z", true)]
    [InlineData("2026-03-01T12:05:00.0009Z", true)]
    [InlineData("2026-03-01T12:05:00.001Z", false)]
    [InlineData("2026-03-01T12:05:01Z", false)]
    [InlineData("2999-01-01T00:00:00Z", false)]
    [InlineData("1990-01-01T00:00:00Z", true)]
    [InlineData("1989-12-31T23:59:59.999Z", false)]
    [InlineData("1970-01-01T00:00:00Z", false)]
    [InlineData("1772366400", false)] // noon in seconds: 1970, if it were milliseconds
    [InlineData("1772366400000", true)]
    [InlineData("2024-02-29T23:59:59Z", true)]
    [InlineData("2026-02-30", false)]
    public void A_time_is_between_1990_and_five_minutes_after_the_arrival(string timestamp, bool valid)
    {
        var result = Interaction.Validate(Some.Raw(timestamp), Some.Noon);

        Assert.Equal(valid, result.IsAccepted);
        Assert.Equal(valid ? null : RejectionCode.InvalidTime, result.Rejected?.Code);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("-0.5", -0.5)]
    [InlineData("1e3", 1000)]
    [InlineData(" 7 ", 7)]
    public void A_value_is_a_decimal_number(string text, double expected) =>
        Assert.Equal(expected, Accepted(Some.Raw(value: text)).Value);

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("∞")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("")]
    [InlineData("1,5")]
    [InlineData("0x10")]
    [InlineData("true")]
    public void A_value_is_finite(string text) =>
        Rejected(Some.Raw(value: text), RejectionCode.InvalidValue, "is not a finite number");

    [Fact]
    public void The_judgement_depends_on_the_event_and_its_arrival_alone()
    {
        RawInteraction[] events =
        [
            Some.Raw(),
            Some.Raw("2026-03-01T12:05:01Z"),
            Some.Raw("1772366400000", id: "e"),
            Some.Raw(user: ""),
        ];

        foreach (var raw in events)
        {
            var first = Interaction.Validate(raw, Some.Noon, new Position("p0", SequenceNumber.From(1)));
            Assert.Equal(first, Interaction.Validate(raw, Some.Noon, new Position("p0", SequenceNumber.From(1))));
            Assert.Equal(
                first.IsAccepted,
                Interaction.Validate(raw, Some.Noon, new Position("p9", SequenceNumber.From(9))).IsAccepted
            );
        }
    }

    [Fact]
    public void A_time_ahead_is_validated_by_the_arrival_and_not_by_the_time_of_the_redelivery()
    {
        var raw = Some.Raw("2026-03-01T12:05:01Z");

        Assert.False(Interaction.Validate(raw, Some.Noon).IsAccepted);
        Assert.True(Interaction.Validate(raw, Some.Noon.AddSeconds(1)).IsAccepted);
    }

    [Fact]
    public void A_message_is_short_and_well_formed_whatever_the_event_holds()
    {
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        var pair = new string('x', 39) + "\ud83d\ude00" + new string('y', 1000);

        foreach (var text in new[] { pair, "\ud83d", "a\nb\u0000c\u001b[31m" })
        {
            foreach (var raw in new[] { Some.Raw(type: text), Some.Raw(text), Some.Raw(value: text) })
            {
                var message = Interaction.Validate(raw, Some.Noon).Rejected!.Message;
                Assert.InRange(strict.GetByteCount(message), 1, 250);
                Assert.DoesNotContain(message, char.IsControl);
            }
        }
    }

    private static Interaction Accepted(RawInteraction raw, DateTimeOffset? arrived = null, Position position = default)
    {
        var result = Interaction.Validate(raw, arrived ?? Some.Noon, position);
        Assert.Null(result.Rejected);
        return Assert.IsType<Interaction>(result.Accepted);
    }

    private static void Rejected(RawInteraction raw, RejectionCode code, string message)
    {
        var result = Interaction.Validate(raw, Some.Noon);
        Assert.False(result.IsAccepted);
        Assert.Equal(code, result.Rejected.Code);
        Assert.Contains(message, result.Rejected.Message, StringComparison.Ordinal);
    }
}
