using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Domain.Tests.Items;

public sealed class CatalogItemTests
{
    private static CatalogItem Boots => new(ItemId.Parse("i1"), "Boots", ["shoes", "winter"]);

    [Fact]
    public void Items_are_equal_by_what_they_hold()
    {
        Assert.Equal(Boots, Boots);
        Assert.Equal(Boots.GetHashCode(), Boots.GetHashCode());
        Assert.All(
            [
                Boots with { ItemId = ItemId.Parse("i2") }, Boots with { Title = null },
                Boots with { Categories = ["winter", "shoes"] }, Boots with { Available = false },
            ],
            other => Assert.NotEqual(Boots, other));
    }

    [Fact]
    public void An_item_is_available_unless_said_otherwise() => Assert.True(Boots.Available);
}
