using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Domain.Tests.Feedback;

public sealed class AttributionTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromDays(7);

    private static RecommendationId List(uint configuration) => new RecommendationIdKey(new byte[32]).Sign(
        new RecommendationId
        {
            Key = 0,
            Configuration = configuration,
            Source = ServedSource.Batch,
            Minute = RecommendationId.MinuteOf(Some.Noon),
            UserHash = RecommendationId.Nobody,
            Nonce = configuration,
        });

    private static FeedbackEvent Event(FeedbackKind kind, double hours, uint list = 0, long sequence = 1) => new()
    {
        User = Some.User,
        Item = ItemId.Parse("i1"),
        Position = new Position("p0", SequenceNumber.From(sequence)),
        At = Some.Noon.AddHours(hours),
        Kind = kind,
        Type = InteractionType.View,
        List = list == 0 ? null : List(list),
    };

    private static Dictionary<FeedbackKind, uint[]> Attributed(params FeedbackEvent[] events) =>
        Attribution.Count(events, s_window)
            .GroupBy(one => one.Key.Kind)
            .ToDictionary(kind => kind.Key, kind => kind.Select(one => one.Key.Configuration).ToArray());

    [Fact]
    public void An_event_that_names_a_list_belongs_to_it() =>
        Assert.Equal(
            [3u],
            Attributed(
                Event(FeedbackKind.Impression, 0, list: 1), Event(FeedbackKind.Click, 1, list: 2),
                Event(FeedbackKind.Conversion, 2, list: 3))[FeedbackKind.Conversion]);

    [Fact]
    public void A_conversion_belongs_to_the_last_click_then_to_the_last_impression()
    {
        FeedbackEvent[] seen = [Event(FeedbackKind.Impression, 0, list: 1), Event(FeedbackKind.Impression, 2, list: 2)];
        Assert.Equal([2u], Attributed([.. seen, Event(FeedbackKind.Conversion, 3)])[FeedbackKind.Conversion]);
        // The click of the first list is older than the impression of the second one, and weighs more.
        Assert.Equal(
            [1u],
            Attributed(
                [.. seen, Event(FeedbackKind.Click, 1, list: 1),
                    Event(FeedbackKind.Conversion, 3)])[FeedbackKind.Conversion]);
    }

    [Fact]
    public void A_click_without_a_list_belongs_to_the_last_impression_and_passes_it_on()
    {
        var attributed = Attributed(
            Event(FeedbackKind.Impression, 0, list: 1), Event(FeedbackKind.Click, 1),
            Event(FeedbackKind.Impression, 2, list: 2), Event(FeedbackKind.Conversion, 3));
        Assert.Equal([1u], attributed[FeedbackKind.Click]);
        Assert.Equal([1u], attributed[FeedbackKind.Conversion]);
    }

    [Theory]
    [InlineData(7 * 24, 1u)]
    [InlineData(7 * 24 + 0.001, 0u)]
    [InlineData(-1, 0u)]
    public void Only_what_was_seen_within_the_window_before_counts(double hours, uint expected) =>
        Assert.Equal(
            [expected],
            Attributed(Event(FeedbackKind.Impression, 0, list: 1), Event(
                FeedbackKind.Conversion, hours))[FeedbackKind.Conversion]);

    [Fact]
    public void An_item_of_a_list_is_on_screen_once_and_again_in_another_list()
    {
        var attributed = Attributed(
            Event(FeedbackKind.Impression, 0, list: 1), Event(FeedbackKind.Impression, 1, list: 1, sequence: 2),
            Event(FeedbackKind.Impression, 2, list: 2, sequence: 3));
        Assert.Equal([1u, 2u], attributed[FeedbackKind.Impression]);
        Assert.Equal([2u], attributed[FeedbackKind.Repeat]);
    }

    [Fact]
    public void Amounts_are_exact_and_only_of_types_whose_value_is_money()
    {
        var types = new EventTypeSettings(EventTypeSettings.Default.Types.ToDictionary(
            one => one.Key, one => one.Key == InteractionType.Purchase ? one.Value with { IsRevenue = true }
                : one.Value));
        var purchase = Some.Interaction(1, type: "purchase") with { Value = 0.1, Currency = CurrencyCode.Of("eur") };
        var one = FeedbackEvent.Of(purchase, types, key: null)!;
        Assert.Equal((100_000, "EUR"), (one.Amount, one.Currency!.Value.Value));
        Assert.Equal(0, FeedbackEvent.Of(purchase, EventTypeSettings.Default, key: null)!.Amount);
        Assert.Equal(0, FeedbackEvent.Of(purchase with { Value = 1e300 }, types, key: null)!.Amount);
        Assert.Equal("none", FeedbackEvent.Of(purchase with { Currency = null }, types,
            key: null)!.Currency!.Value.Value);
        Assert.Null(FeedbackEvent.Of(Some.Interaction(1, type: "view"), types, key: null));
    }
}
