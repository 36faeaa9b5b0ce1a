using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Expressions.Tests;

/// <summary>Compiles and evaluates conditions over one item.</summary>
internal static class Conditions
{
    internal static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    internal static readonly ExpressionSchema Schema = new(
        new Dictionary<string, AttributeType>
        {
            ["tags"] = AttributeType.TextList,
            ["country"] = AttributeType.Text,
            ["weight"] = AttributeType.Number,
            ["fragile"] = AttributeType.Boolean,
            ["embedding"] = AttributeType.Vector,
        },
        new Dictionary<string, AttributeType> { ["country"] = AttributeType.Text, ["age"] = AttributeType.Number }
    );

    internal static readonly CatalogItem Item = new(ItemId.Parse("mug"), "Red mug", ["Home", "Kitchen"])
    {
        Price = 12.5,
        Currency = "EUR",
        CreatedAt = Now.AddDays(-3),
        Attributes = new Dictionary<string, AttributeValue>
        {
            ["tags"] = AttributeValue.Of(["sale", "new"]),
            ["country"] = AttributeValue.Of("DE"),
            ["embedding"] = AttributeValue.Of([0.5f, 2f]),
        },
    };

    private static readonly Dictionary<string, AttributeValue> s_user = new() { ["country"] = AttributeValue.Of("DE") };

    private static readonly Dictionary<string, AttributeValue> s_context = new()
    {
        ["device"] = AttributeValue.Of("mobile"),
        ["hour"] = AttributeValue.Of(9),
    };

    internal static Condition Compile(string text) => new ExpressionCompiler().Compile(text, Schema).Holds;

    internal static bool Holds(string text) => Holds(text, Item);

    internal static bool Holds(string text, CatalogItem? item) =>
        Compile(text)(new ConditionScope(item, s_user, s_context, Now));

    internal static InvalidExpressionException Refused(string text) =>
        Assert.Throws<InvalidExpressionException>(() => Compile(text));
}
