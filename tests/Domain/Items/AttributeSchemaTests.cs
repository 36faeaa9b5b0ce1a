using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Domain.Tests.Items;

public sealed class AttributeSchemaTests
{
    private static readonly Dictionary<string, AttributeShape> s_none = new(StringComparer.Ordinal);

    [Fact]
    public void The_first_use_says_what_an_attribute_is()
    {
        var schema = new AttributeSchema(s_none);
        Assert.Null(schema.Conform(Change(("size", AttributeValue.Of(42))), out _));
        Assert.Null(schema.Conform(Change(("size", null)), out _));
        Assert.Equal(
            "size is the text '42'; it must be a number, as in the whole catalogue.",
            schema.Conform(Change(("size", AttributeValue.Of("42"))), out _));
        Assert.Equal(new AttributeShape(AttributeType.Number), Assert.Single(schema.Added).Value);
    }

    [Fact]
    public void A_change_that_is_not_valid_says_nothing_of_what_attributes_are()
    {
        var schema = new AttributeSchema(s_none);
        var wrong = Change(("size", AttributeValue.Of(1)), ("no name", AttributeValue.Of(1)));
        Assert.NotNull(schema.Conform(wrong, out _));
        Assert.Empty(schema.Added);
        Assert.Null(schema.Conform(Change(("size", AttributeValue.Of("large"))), out _));
    }

    [Fact]
    public void A_vector_has_one_length_also_where_it_is_declared_without()
    {
        var schema = new AttributeSchema(
            new Dictionary<string, AttributeShape>(StringComparer.Ordinal) { ["v"] = new(AttributeType.Vector) });
        Assert.Null(schema.Conform(Change(("v", AttributeValue.Of([1f, 2f]))), out _));
        Assert.Equal(
            "v is a list of 3 numbers; it must be a list of 2 numbers, as in the whole catalogue.",
            schema.Conform(Change(("v", AttributeValue.Of([1f, 2f, 3f]))), out _));
        Assert.Equal(new AttributeShape(AttributeType.Vector, 2), schema.Added["v"]);
    }

    [Fact]
    public void A_text_is_a_time_where_the_attribute_is_one()
    {
        var schema = new AttributeSchema(
            new Dictionary<string, AttributeShape>(StringComparer.Ordinal) { ["seen"] = new(AttributeType.Time) });
        Assert.Null(schema.Conform(Change(("seen", AttributeValue.Of("2026-01-02"))), out var conformed));
        Assert.Equal(AttributeType.Time, conformed.Values["seen"]!.Type);
        var empty = new AttributeSchema(s_none);
        Assert.Null(empty.Conform(Change(("seen", AttributeValue.Of("2026-01-02"))), out conformed));
        Assert.Equal(AttributeType.Text, conformed.Values["seen"]!.Type);
        var change = Change(("createdAt", AttributeValue.Of("2026-01-02T03:04:05+01:00")));
        Assert.Null(empty.Conform(change, out conformed));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 2, 4, 5, TimeSpan.Zero), conformed.Values["createdAt"]!.Time);
    }

    [Theory]
    [InlineData(AttributeType.Number, "1", "2.5", "-3e2")]
    [InlineData(AttributeType.Text, "1", "2.5", "x")]
    [InlineData(AttributeType.Text, "01234", "12345")]
    [InlineData(AttributeType.Text, "4006381333931000", "1")]
    [InlineData(AttributeType.Text, "1", "NaN")]
    [InlineData(AttributeType.Boolean, "true", "False")]
    [InlineData(AttributeType.Text, "yes", "no")]
    [InlineData(AttributeType.Time, "2026-01-02", "2026-01-02T03:04:05Z")]
    [InlineData(AttributeType.Text, "2026-01-02", "soon")]
    public void Texts_of_a_table_are_what_all_of_them_can_be_read_as(AttributeType type, params string[] texts)
    {
        var schema = new AttributeSchema(s_none);
        ItemChange[] rows =
        [
            .. texts.Select(text => Change(("a", AttributeValue.Of(text))) with { IsFromText = true }),
        ];
        schema.Infer(rows);
        Assert.All(rows, row =>
        {
            Assert.Null(schema.Conform(row, out var conformed));
            Assert.Equal(type, conformed.Values["a"]!.Type);
            Assert.False(conformed.IsFromText);
        });
    }

    [Fact]
    public void Texts_of_a_table_are_read_as_what_the_attributes_are()
    {
        var schema = new AttributeSchema(new Dictionary<string, AttributeShape>(StringComparer.Ordinal)
        {
            ["tags"] = new(AttributeType.TextList),
            ["v"] = new(AttributeType.Vector, 3),
            ["new"] = new(AttributeType.Boolean),
        });
        var row = Change(
            ("tags", AttributeValue.Of("warm | new|")), ("v", AttributeValue.Of("[0.5, 1, 2]")),
            ("new", AttributeValue.Of("Yes")), ("price", AttributeValue.Of(" 12.50 "))) with
        { IsFromText = true };
        Assert.Null(schema.Conform(row, out var conformed));
        Assert.Equal(AttributeValue.Of(["warm", "new"]), conformed.Values["tags"]);
        Assert.Equal(AttributeValue.Of([0.5f, 1f, 2f]), conformed.Values["v"]);
        Assert.Equal(AttributeValue.Of(true), conformed.Values["new"]);
        Assert.Equal(AttributeValue.Of(12.5), conformed.Values["price"]);
        foreach (var (name, text) in new[] { ("v", "1 2"), ("v", "1 2 NaN"), ("new", "maybe"), ("price", "12,50") })
        {
            var wrong = Change((name, AttributeValue.Of(text))) with { IsFromText = true };
            Assert.Contains("must be", schema.Conform(wrong, out _), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_catalogue_has_at_most_a_thousand_attributes()
    {
        var known = Enumerable.Range(0, ItemRules.MaximumNames)
            .ToDictionary(n => $"a{n}", _ => new AttributeShape(AttributeType.Number), StringComparer.Ordinal);
        var problem = new AttributeSchema(known).Conform(Change(("more", AttributeValue.Of(1))), out _);
        Assert.Contains("one attribute more than the 1000", problem, StringComparison.Ordinal);
        Assert.Null(new AttributeSchema(known).Conform(Change(("a7", AttributeValue.Of(1))), out _));
    }

    private static ItemChange Change(params (string Name, AttributeValue? Value)[] values) =>
        new(ItemId.Parse("i1"))
        {
            Values = values.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal),
        };
}
