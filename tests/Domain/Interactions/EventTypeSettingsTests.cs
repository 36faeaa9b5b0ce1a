using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Tests.Interactions;

public sealed class EventTypeSettingsTests
{
    [Theory]
    [InlineData("view", 1)]
    [InlineData("click", 1)]
    [InlineData("add-to-cart", 3)]
    [InlineData("purchase", 5)]
    [InlineData("like", 4)]
    [InlineData("dislike", -4)]
    [InlineData("other", 1)]
    [InlineData("share", 1)]
    public void Default_weights(string type, double expected) =>
        Assert.Equal(expected, EventTypeSettings.Default.Of(InteractionType.Parse(type)));

    [Fact]
    public void Types_without_a_weight_are_counted_as_other()
    {
        var weights = new EventTypeSettings(new Dictionary<InteractionType, double> { [InteractionType.Parse("share")] = 2 });

        Assert.Equal(InteractionType.Parse("share"), weights.CountedAs(InteractionType.Parse("share")));
        Assert.Equal(InteractionType.Other, weights.CountedAs(InteractionType.View));
        Assert.Equal(EventTypeSettings.OtherWeight, weights.Of(InteractionType.View));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_weight_is_finite(double weight) =>
        Assert.Throws<ArgumentException>(() => new EventTypeSettings(new Dictionary<InteractionType, double> { [InteractionType.View] = weight }));

    [Fact]
    public void Other_is_not_configured() =>
        Assert.Throws<ArgumentException>(() => new EventTypeSettings(new Dictionary<InteractionType, double> { [InteractionType.Other] = 2 }));

    [Fact]
    public void Later_changes_of_the_configuration_do_not_reach_the_weights()
    {
        var configured = new Dictionary<InteractionType, double> { [InteractionType.View] = 2 };
        var weights = new EventTypeSettings(configured);

        configured[InteractionType.View] = 9;

        Assert.Equal(2, weights.Of(InteractionType.View));
    }
}
