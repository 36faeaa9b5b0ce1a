using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Scoring;

namespace Recommendation.Modeling.Tests.Scoring;

public class HistoryReaderTests
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
            Some.Recent("i00000"), Some.Recent("i00000"), Some.Recent("i00001", "view", Some.Noon.AddDays(-14)), Some.Recent("i00002", "view", Some.Noon.AddDays(-7)));

        Assert.Equal([new(0, 2), new(1, 0.5f / 4), new(2, 0.25f / 2)], history);
    }

    private static HistoryItem[] Read((string, double)[] parameters, params Recommendation.Domain.Profiles.RecentInteraction[] recent) =>
        new HistoryReader(SmallModel.Of([[0, 0, 0], [0, 0, 0], [0, 0, 0]], parameters), EventTypeSettings.Default).Read(recent).ToArray();
}
