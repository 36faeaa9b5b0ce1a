using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Data;

namespace Recommendation.Modeling.Tests.Data;

/// <summary>Popularity is a matter of users, not of interactions.</summary>
public sealed class PopularityTests
{
    [Fact]
    public void One_bot_with_5000_views_does_not_beat_40_buyers()
    {
        var popularity = Of(
            Enumerable
                .Range(0, 5_000)
                .Select(second => Some.Interaction("bot", "spam", at: Some.Noon.AddSeconds(-second)))
                .Concat(
                    Enumerable
                        .Range(0, 40)
                        .Select(user => Some.Interaction($"u{user}", "bought", "purchase", Some.Noon.AddDays(-3)))
                )
        );

        Assert.Equal(1, popularity["bought"]);
        Assert.InRange(popularity["spam"], 0.001, 1 / 150f);
    }

    [Fact]
    public void Dislikes_are_subtracted_and_30_of_them_do_not_raise_an_item()
    {
        var popularity = Of(
            Enumerable
                .Range(0, 20)
                .SelectMany(user =>
                    new[] { Some.Interaction($"u{user}", "viewed"), Some.Interaction($"u{user}", "mixed") }
                )
                .Concat(Enumerable.Range(0, 30).Select(user => Some.Interaction($"d{user}", "bad", "dislike")))
                .Concat(Enumerable.Range(0, 2).Select(user => Some.Interaction($"d{user}", "mixed", "dislike"))));

        Assert.Equal(1, popularity["viewed"]);
        Assert.Equal((20 - 8) / 20f, popularity["mixed"], 1e-6f);
        Assert.Equal(0, popularity["bad"]);
    }

    [Fact]
    public void A_user_counts_once_by_the_strongest_type_and_the_newest_interaction()
    {
        var popularity = Of([
            Some.Interaction("u", "often", at: Some.Noon.AddDays(-30)),
            Some.Interaction("u", "often", at: Some.Noon.AddDays(-20)),
            Some.Interaction("u", "often", "add-to-cart", Some.Noon.AddDays(-10)),
            Some.Interaction("v", "once", "add-to-cart", Some.Noon.AddDays(-10)),
            Some.Interaction("v", "bought", "purchase"),
            Some.Interaction("u", "bought", "view", Some.Noon.AddDays(-40)),
        ]);

        Assert.Equal(popularity["once"], popularity["often"]);
        Assert.Equal(3 * 0.5f / (5 + (1 / 16f)), popularity["once"], 1e-6f);
    }

    private static Dictionary<string, float> Of(IEnumerable<Interaction> interactions)
    {
        var events = Some.Events(interactions);
        return Popularity.Of(events, halfLifeDays: 10).Select((value, item) => (events.ItemIds[item], value))
            .ToDictionary(pair => pair.Item1, pair => pair.value, StringComparer.Ordinal);
    }
}
