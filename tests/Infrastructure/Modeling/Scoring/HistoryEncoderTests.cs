using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Scoring;

namespace Recommendation.Modeling.Tests.Scoring;

public class HistoryEncoderTests
{
    [Fact]
    public void An_item_weighs_the_sum_of_its_interactions_between_minus_cap_and_cap()
    {
        var history = Read([], Some.Recent("i00000", "purchase"), Some.Recent("i00000"), Some.Recent("i00001"),
            Some.Recent("i00002", "dislike"), Some.Recent("i00002", "dislike"), Some.Recent("unknown"));

        Assert.Equal([new(0, 5), new(1, 1), new(2, -5)], history);
    }

    [Fact]
    public void Position_decay_and_half_life_lower_the_weight_of_what_is_old()
    {
        var history = Read(
            [(ParameterNames.PositionDecay, 0.5), (ParameterNames.HalfLifeDays, 7)],
            Some.Recent("i00000"),
            Some.Recent("i00000"),
            Some.Recent("i00002", "view", Some.Noon.AddDays(-14)),
            Some.Recent("i00001", "view", Some.Noon.AddDays(-7))
        );

        Assert.Equal([new(0, 2), new(1, 0.5f / 2), new(2, 0.25f / 4)], history);
    }

    [Fact]
    public void A_refund_takes_away_what_the_purchase_weighs_and_hides_no_less()
    {
        var reader = Reader([]);

        var history = reader
            .Read([
                Some.Recent("i00000", "refund"),
                Some.Recent("i00001", "refund"),
                Some.Recent("i00000", "purchase"),
                Some.Recent("i00000"),
            ])
            .ToArray();

        Assert.Equal([new(0, 1)], history);
        Assert.Equal([0, 0], reader.Hidden.ToArray());
    }

    [Fact]
    public void What_says_nothing_takes_no_place_and_hides_nothing()
    {
        var reader = Reader([(ParameterNames.PositionDecay, 0.5)]);

        var history = reader
            .Read([Some.Recent("i00001", "impression"), Some.Recent("i00002", "unheard-of"), Some.Recent("i00000")])
            .ToArray();

        Assert.Equal([new(0, 1)], history);
        Assert.Equal([0], reader.Hidden.ToArray());
    }

    [Fact]
    public void Weights_are_those_of_the_model_and_current_settings_say_what_is_hidden()
    {
        var current = new EventTypeSettings(
            new Dictionary<InteractionType, EventType> { [InteractionType.View] = new() { Weight = 100 } }
        );
        var reader = new HistoryEncoder(
            SmallModel.Of([
                [0, 0, 0],
                [0, 0, 0],
                [0, 0, 0],
            ]),
            current
        );

        Assert.Equal([new(0, 1)], reader.Read([Some.Recent("i00000")]).ToArray());
        Assert.Empty(reader.Hidden.ToArray());
    }

    private static HistoryEncoder Reader((string, double)[] parameters) =>
        new(SmallModel.Of([[0, 0, 0], [0, 0, 0], [0, 0, 0]], parameters), EventTypeSettings.Default);

    private static HistoryItem[] Read(
        (string, double)[] parameters,
        params Recommendation.Domain.Profiles.RecentInteraction[] recent
    ) => Reader(parameters).Read([.. recent]).ToArray();
}
