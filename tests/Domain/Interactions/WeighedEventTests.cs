using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Tests.Interactions;

public sealed class WeighedEventTests
{
    [Theory]
    [InlineData("purchase 5", "refund -5", "0 0")]
    [InlineData("purchase 5", "refund -5, refund -5", "0 0 0")]
    [InlineData("view 1, purchase 5", "refund -5, refund -5", "1 0 0 0")]
    [InlineData("purchase 5, refund -5", "purchase 5", "0 0 5")]
    [InlineData("refund -5", "purchase 5", "0 5")]
    [InlineData("purchase 5, purchase 5", "refund -2", "5 3 0")]
    [InlineData("purchase 5, purchase 5", "refund -7", "3 0 0")]
    [InlineData("view 1", "refund -5", "1 0")]
    public void A_refund_takes_away_the_weight_of_earlier_purchases_and_nothing_else(
        string before,
        string after,
        string expected
    )
    {
        var events = $"{before}, {after}"
            .Split(", ")
            .Select(text => text.Split(' '))
            .Select(one => new WeighedEvent(
                7,
                InteractionType.Parse(one[0]),
                double.Parse(one[1], System.Globalization.CultureInfo.InvariantCulture)
            ));
        var newestFirst = events.Reverse().ToArray();

        WeighedEvent.Cancel(newestFirst, EventTypeSettings.Default);

        Assert.Equal(expected, string.Join(' ', newestFirst.Reverse().Select(one => one.Weight)));
    }

    [Fact]
    public void A_refund_concerns_its_own_item_only()
    {
        WeighedEvent[] newestFirst = [new(1, InteractionType.Refund, -5), new(2, InteractionType.Purchase, 5)];

        WeighedEvent.Cancel(newestFirst, EventTypeSettings.Default);

        Assert.Equal([0, 5], newestFirst.Select(one => one.Weight));
    }
}
