using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Contracts;

/// <summary>What everything does that keeps what attributes are.</summary>
public abstract class AttributeShapesContract : Contract<IAttributeShapes>
{
    [Fact]
    public async Task The_first_use_of_an_attribute_says_what_it_is()
    {
        Assert.Empty(await Port.ReadAsync(None));
        Assert.Equal(
            Shapes(("colour", new(AttributeType.Text)), ("embedding", new(AttributeType.Vector, 384))),
            Sorted(await Port.KeepAsync(
                Shapes(("colour", new(AttributeType.Text)), ("embedding", new(AttributeType.Vector, 384))), None)));
        var after = await Port.KeepAsync(
            Shapes(("colour", new(AttributeType.Number)), ("userId", new(AttributeType.Boolean))), None);
        Assert.Equal(new AttributeShape(AttributeType.Text), after["colour"]);
        Assert.Equal(
            Shapes(
                ("colour", new(AttributeType.Text)), ("embedding", new(AttributeType.Vector, 384)),
                ("userId", new(AttributeType.Boolean))),
            Sorted(await Port.ReadAsync(None)));
    }

    [Fact]
    public async Task Of_many_writers_one_says_what_an_attribute_is_and_all_see_it()
    {
        var types = Enum.GetValues<AttributeType>();
        var seen = await Task.WhenAll(types.Select(type => Task.Run(() =>
            Port.KeepAsync(Shapes(("shared", new(type)), ($"own{(int)type}", new(type))), None))));
        var all = await Port.ReadAsync(None);
        Assert.All(seen, one => Assert.Equal(all["shared"], one["shared"]));
        Assert.All(types, type => Assert.Equal(new AttributeShape(type), all[$"own{(int)type}"]));
    }

    [Fact]
    public async Task Many_attributes_are_kept_at_once()
    {
        var shapes = Enumerable.Range(0, ItemRules.MaximumNames)
            .ToDictionary(n => $"a{n}", _ => new AttributeShape(AttributeType.Number), StringComparer.Ordinal);
        Assert.Equal(Sorted(shapes), Sorted(await Port.KeepAsync(shapes, None)));
    }

    private static SortedDictionary<string, AttributeShape> Shapes(
        params (string Name, AttributeShape Shape)[] shapes) =>
        new(shapes.ToDictionary(one => one.Name, one => one.Shape, StringComparer.Ordinal), StringComparer.Ordinal);

    private static SortedDictionary<string, AttributeShape> Sorted(
        IReadOnlyDictionary<string, AttributeShape> shapes) =>
        new(shapes.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}
