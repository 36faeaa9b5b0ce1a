using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Domain.Tests.Items;

public sealed class AttributeValueTests
{
    [Fact]
    public void Values_are_equal_when_type_and_content_are()
    {
        Assert.Equal(AttributeValue.Of(["red", "blue"]), AttributeValue.Of(["red", "blue"]));
        Assert.NotEqual(AttributeValue.Of(["red", "blue"]), AttributeValue.Of(["blue", "red"]));
        Assert.Equal(AttributeValue.Of([1f, 2f]), AttributeValue.Of([1f, 2f]));
        Assert.NotEqual(AttributeValue.Of("1"), AttributeValue.Of(1));
        Assert.Equal(
            AttributeValue.Of(new DateTimeOffset(2026, 1, 1, 2, 0, 0, TimeSpan.FromHours(2))),
            AttributeValue.Of(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void A_number_and_a_vector_are_finite()
    {
        Assert.Throws<ArgumentException>(() => AttributeValue.Of(double.NaN));
        Assert.Throws<ArgumentException>(() => AttributeValue.Of([1f, float.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => AttributeValue.Of(Array.Empty<float>()));
    }

    [Fact]
    public void Items_differ_by_their_attributes()
    {
        var item = new CatalogItem(ItemId.Parse("i1"), "Mug", []);
        var red = item with { Attributes = Named("colour", AttributeValue.Of("red")) };

        Assert.Equal(red, item with { Attributes = Named("colour", AttributeValue.Of("red")) });
        Assert.NotEqual(red, item with { Attributes = Named("colour", AttributeValue.Of("blue")) });
        Assert.NotEqual(red, item);
        Assert.NotEqual(item, item with { Price = 3 });
        Assert.NotEqual(item, item with { Group = "mugs" });
    }

    private static Dictionary<string, AttributeValue> Named(string name, AttributeValue value) =>
        new() { [name] = value };
}
