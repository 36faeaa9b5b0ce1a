using Recommendation.Application.Ports;
using Recommendation.Domain.Items;
using Recommendation.Expressions.Checking;
using Recommendation.Expressions.Evaluation;
using Recommendation.Expressions.Syntax;

namespace Recommendation.Expressions.Selecting;

/// <summary>
/// Makes of an expression what an index can tell of it: which items it may be true for, or false for. Parts that depend
/// on the user and the request alone are evaluated for each request. What is not understood selects every item.
/// </summary>
internal sealed class SelectorCompiler(ExpressionSchema schema)
{
    private static readonly ConditionSelector s_all = (in _) => ItemSelector.All;

    /// <summary>What may be selected where the expression is to be true.</summary>
    internal ConditionSelector Compile(Node node)
    {
        var select = Select(node, wanted: true);
        if (!node.IsOfItem())
            return select;
        var constant = select(default);
        return (in _) => constant;
    }

    private ConditionSelector Select(Node node, bool wanted)
    {
        if (node.IsWithoutItem())
            return Constant(node, wanted);
        return node switch
        {
            UnaryNode { Operator: TokenKind.Not } not => Select(not.Operand, !wanted),
            BinaryNode { Operator: TokenKind.And } both => Join(both.Left, both.Right, wanted, isBoth: wanted),
            BinaryNode { Operator: TokenKind.Or } either => Join(either.Left, either.Right, wanted, isBoth: !wanted),
            ConditionalNode conditional => Branches(conditional, wanted),
            BinaryNode { Operator: TokenKind.In } contains => In(contains, wanted),
            BinaryNode comparison => Comparison(comparison, wanted),
            CallNode { Target: null, Function: "has", Arguments: [var argument] } when wanted =>
                argument.FieldOfItem() is { } field ? Always(Having(field)) : s_all,
            _ when node.FieldOfItem() is { } field && IsIndexed(field) =>
                Always(new ItemSelector.Flagged(field, wanted)),
            _ => s_all,
        };
    }

    /// <summary>A part without the item selects all items or none; where it has no value, none.</summary>
    private ConditionSelector Constant(Node node, bool wanted)
    {
        var value = ValueOf(node);
        return (in scope) => value(scope) is { Kind: TypeKind.Boolean } known && known.Boolean == wanted
            ? ItemSelector.All : ItemSelector.None;
    }

    private ConditionSelector Join(Node left, Node right, bool wanted, bool isBoth)
    {
        var (one, other) = (Select(left, wanted), Select(right, wanted));
        return isBoth
            ? (in scope) => one(scope).And(other(scope))
            : (in scope) => one(scope).Or(other(scope));
    }

    private ConditionSelector Branches(ConditionalNode node, bool wanted)
    {
        var (isTrue, isFalse) = (Select(node.Condition, wanted: true), Select(node.Condition, wanted: false));
        var (then, otherwise) = (Select(node.Then, wanted), Select(node.Otherwise, wanted));
        return (in scope) => isTrue(scope).And(then(scope)).Or(isFalse(scope).And(otherwise(scope)));
    }

    private ConditionSelector In(BinaryNode node, bool wanted)
    {
        if (node.Right.FieldOfItem() is { } list && node.Left.IsWithoutItem() && IsListOfTexts(list))
        {
            var element = ValueOf(node.Left);
            return (in scope) => element(scope) switch
            {
                { IsError: true } => ItemSelector.None,
                { Kind: TypeKind.Text } text => wanted
                    ? new ItemSelector.Equal(list, text.Text)
                    : Having(list).And(new ItemSelector.Unequal(list, text.Text)),
                _ => wanted ? ItemSelector.None : Having(list),
            };
        }
        if (node.Left.FieldOfItem() is not { } field || !node.Right.IsWithoutItem() || !IsIndexed(field))
            return s_all;
        var elements = ValueOf(node.Right);
        return (in scope) =>
        {
            if (elements(scope) is not { IsError: false, Kind: TypeKind.List } values)
                return ItemSelector.None;
            if (!wanted)
                return Having(field);
            var any = ItemSelector.None;
            for (var at = 0; at < values.Count; at++)
                any = any.Or(FieldComparison.Equal(field, values.At(at)));
            return any;
        };
    }

    private ConditionSelector Comparison(BinaryNode node, bool wanted)
    {
        if (FieldComparison.Find(node) is not { } comparison || !IsIndexed(comparison.Field))
            return s_all;
        var having = Having(comparison.Field);
        var (value, shift) = (ValueOf(comparison.Value), comparison.Shift is { } by ? ValueOf(by) : null);
        return (in scope) => comparison.Select(value(scope), shift?.Invoke(scope), wanted, having);
    }

    /// <summary>The value of a part without the item.</summary>
    private ScopedValue ValueOf(Node node)
    {
        var compiler = new ConditionCompiler(schema);
        var evaluate = compiler.Part(node);
        var locals = compiler.MostLocals;
        return (in scope) =>
        {
            var frame = new Frame(scope with { Item = null }, locals == 0 ? [] : new Value[locals]);
            return evaluate(ref frame);
        };
    }

    private bool IsIndexed(string field) => IndexedFields.IsIndexed(field)
        && !(schema.Items.TryGetValue(field, out var type) && type == AttributeType.Vector);

    private bool IsListOfTexts(string field) => string.Equals(field, "categories", StringComparison.Ordinal)
        || (schema.Items.TryGetValue(field, out var type) && type == AttributeType.TextList);

    private ItemSelector Having(string field) => !IsIndexed(field) || IndexedFields.IsAlwaysThere(field)
        ? ItemSelector.All : new ItemSelector.Having(field);

    private static ConditionSelector Always(ItemSelector selector) => (in _) => selector;

    private delegate Value ScopedValue(in ConditionScope scope);
}
