using Recommendation.Expressions.Syntax;

namespace Recommendation.Expressions.Selecting;

/// <summary>Which names a part of an expression has.</summary>
internal static class NodeNames
{
    /// <summary>Whether a part depends on nothing but the user and the request.</summary>
    internal static bool IsWithoutItem(this Node node) => !node.Has("item");

    /// <summary>Whether a part depends on nothing but the item.</summary>
    internal static bool IsOfItem(this Node node) =>
        !node.Has("user") && !node.Has("context") && !node.Has("now");

    /// <summary>The field of the item that a part is; null if it is something else.</summary>
    internal static string? FieldOfItem(this Node node) => node switch
    {
        FieldNode { Target: NameNode { Name: "item" }, Field: var field } => field,
        IndexNode { Target: NameNode { Name: "item" }, Index: LiteralNode { Value: string field } } => field,
        _ => null,
    };

    private static bool Has(this Node node, string name) => node switch
    {
        NameNode named => string.Equals(named.Name, name, StringComparison.Ordinal),
        ListNode list => list.Items.Any(item => item.Has(name)),
        FieldNode field => field.Target.Has(name),
        IndexNode index => index.Target.Has(name) || index.Index.Has(name),
        CallNode call => call.Target?.Has(name) == true || call.Arguments.Any(argument => argument.Has(name)),
        UnaryNode unary => unary.Operand.Has(name),
        BinaryNode binary => binary.Left.Has(name) || binary.Right.Has(name),
        ConditionalNode conditional => conditional.Condition.Has(name) || conditional.Then.Has(name)
            || conditional.Otherwise.Has(name),
        _ => false,
    };
}
