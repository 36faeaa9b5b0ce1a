using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Domain.Tests.Recommendations;

public class ListQualityTests
{
    [Fact]
    public void Figures_of_a_list_are_those_worked_out_by_hand()
    {
        // hits at places 2 and 4 of 5; four relevant items
        var quality = ListQuality.Of(Items("i", "a", "h", "c", "g", "d"), [.. Items("a", "c", "e", "d")], cutoff: 5);

        Assert.Equal(0.5, quality.Recall);
        Assert.Equal(
            ((1 / Math.Log2(3)) + (1 / Math.Log2(5)))
                / (1 + (1 / Math.Log2(3)) + (1 / Math.Log2(4)) + (1 / Math.Log2(5))),
            quality.Ndcg,
            1e-12
        );
        Assert.True(quality.IsHit);
        Assert.Equal(default, ListQuality.Of([], [.. Items("a")], cutoff: 5));
        Assert.Equal(new ListQuality(0.5, 1), ListQuality.Of(Items("a"), [.. Items("a", "b")], cutoff: 1));
    }

    private static IEnumerable<ItemId> Items(params string[] ids) => ids.Select(ItemId.Parse);
}
