using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Selection;

namespace Recommendation.Modeling.Tests.Selection;

/// <summary>The half-life of popularity is chosen by what users come to next.</summary>
public sealed class PopularitySearchTests
{
    private const int Configured = 30;

    [Fact]
    public void Where_fashions_last_three_days_a_short_half_life_is_chosen() =>
        Assert.InRange(HalfLife(fashionDays: 3), 1, 7);

    [Fact]
    public void Where_nothing_changes_it_is_not_shortened() =>
        Assert.InRange(HalfLife(fashionDays: null), Configured, 365);

    [Fact]
    public void Without_times_the_configured_one_stays()
    {
        var interactions = Enumerable
            .Range(0, 500)
            .Select(user => Some.Interaction($"u{user}", $"i{user % 20}", at: Some.Noon));

        Assert.Equal(Configured, HalfLife([.. interactions]));
    }

    private static double HalfLife(int? fashionDays)
    {
        var random = new Random(5);
        var interactions = new List<Interaction>();
        for (var user = 0; user < 1_500; user++)
        {
            var day = random.Next(60);
            var first = fashionDays is { } days ? day / days * 3 : 0;
            for (var one = 0; one < 3; one++)
                interactions.Add(
                    Some.Interaction(
                        $"u{user}",
                        $"i{first + random.Next(30)}",
                        at: Some.Noon.AddDays(day - 60).AddMinutes(one)
                    )
                );
        }
        return HalfLife(interactions);
    }

    private static double HalfLife(List<Interaction> interactions) =>
        PopularitySearch.HalfLifeDays(
            UserItemMatrix.From(Some.Events(interactions), 500, 5, double.PositiveInfinity, CancellationToken.None),
            Configured,
            CancellationToken.None
        );
}
