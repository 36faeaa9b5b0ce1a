using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Data;

namespace Recommendation.Modeling.Tests.Data;

public class UserItemMatrixTests
{
    [Fact]
    public void Weights_of_an_item_add_up_to_the_cap()
    {
        var row = Row([
            Some.Interaction("u", "bought", "purchase"),
            Some.Interaction("u", "bought"),
            Some.Interaction("u", "seen"),
            Some.Interaction("u", "seen"),
        ]);

        Assert.Equal([("bought", 5f), ("seen", 2f)], row.Order());
    }

    [Fact]
    public void An_item_disliked_more_than_liked_is_no_signal_and_one_liked_more_is()
    {
        var row = Row(
        [
            Some.Interaction("u", "bad", "dislike"),
            Some.Interaction("u", "bad"),
            Some.Interaction("u", "even", "like"),
            Some.Interaction("u", "even", "dislike"),
            Some.Interaction("u", "good", "purchase"),
            Some.Interaction("u", "good", "dislike"),
        ]);

        Assert.Equal([("good", 1f)], row);
    }

    [Fact]
    public void The_newest_items_of_a_long_history_are_kept()
    {
        var row = Row(
            [.. Enumerable.Range(0, 10).Select(i => Some.Interaction("u", $"i{i}", "view", Some.Noon.AddHours(-i)))],
            limit: 3
        );

        Assert.Equal("i0 i1 i2", string.Join(' ', row.Select(entry => entry.Item)));
    }

    [Fact]
    public void With_a_half_life_an_interaction_of_that_age_weighs_half_of_the_newest()
    {
        var row = Row(
            [Some.Interaction("u", "new"), Some.Interaction("u", "old", "view", Some.Noon.AddDays(-7))],
            halfLifeDays: 7
        );

        Assert.Equal([("new", 1f), ("old", 0.5f)], row);
    }

    private static List<(string Item, float Weight)> Row(
        List<Interaction> interactions,
        int limit = 500,
        double halfLifeDays = double.PositiveInfinity
    )
    {
        var events = Some.Events(interactions);
        var histories = UserItemMatrix.From(events, limit, cap: 5, halfLifeDays, CancellationToken.None).Matrix;
        return
        [
            .. histories
                .IndicesOf(0)
                .ToArray()
                .Select((item, place) => (events.ItemIds[item], histories.ValuesOf(0)[place])),
        ];
    }
}
