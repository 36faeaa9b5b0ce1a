using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Domain.Tests.Interactions;

/// <summary>A redriven event says when it first arrived.</summary>
public sealed class FirstArrivalTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 14, 12, 0, 0, 7, TimeSpan.Zero);

    [Fact]
    public void It_is_written_and_read_as_one_text()
    {
        var first = new FirstArrival(new Position("file:a b.csv", SequenceNumber.From(12), 3), s_noon);
        Assert.Equal("2026-03-14T12:00:00.007Z file:a b.csv:12:3", first.ToString());
        Assert.Equal(first, FirstArrival.TryParse(first.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("mailing")]
    [InlineData("2026-03-14T12:00:00.007Z")]
    [InlineData("2026-03-14T12:00:00.007Z nowhere")]
    [InlineData("2026-03-14T12:00:00.007Z p:x:0")]
    [InlineData("never p:1:0")]
    public void Other_texts_are_none(string? text) => Assert.Null(FirstArrival.TryParse(text));

    [Fact]
    public void An_erasure_covers_a_later_event_that_is_redriven_from_before_it()
    {
        var boundary = ErasureBoundary.At(new Position("shard-1", SequenceNumber.From(50)), s_noon);
        var redriven = new Interaction
        {
            UserId = UserId.Parse("ann"),
            ItemId = ItemId.Parse("i1"),
            Type = InteractionType.View,
            OccurredAt = s_noon,
            ArrivedAt = s_noon.AddSeconds(1),
            Position = new Position("shard-1", SequenceNumber.From(51)),
            RedrivenFrom = new FirstArrival(new Position("shard-1", SequenceNumber.From(49)), s_noon.AddHours(-1)),
        };
        Assert.True(boundary.Covers(redriven));
        Assert.False(boundary.Covers(redriven with { RedrivenFrom = null }));
        var since = new FirstArrival(new Position("shard-1", SequenceNumber.From(51)), s_noon);
        Assert.False(boundary.Covers(redriven with { RedrivenFrom = since }));
    }
}
