using Recommendation.Expressions.Evaluation;
using Recommendation.Expressions.Syntax;

namespace Recommendation.Expressions.Checking;

/// <summary>Which types the operators between two operands take, and which they give.</summary>
internal static class OperatorTypes
{
    /// <exception cref="Application.Ports.InvalidExpressionException">The operator does not take these
    /// types.</exception>
    internal static ExpressionType Of(BinaryNode node, ExpressionType left, ExpressionType right) =>
        node.Operator switch
        {
            TokenKind.Equal or TokenKind.NotEqual => Comparable(node, left, right),
            TokenKind.Less or TokenKind.AtMost or TokenKind.Greater or TokenKind.AtLeast => Ordered(node, left, right),
            TokenKind.In => In(node, left, right),
            _ => Calculated(node, left, right),
        };

    private static ExpressionType Comparable(BinaryNode node, ExpressionType left, ExpressionType right) =>
        left.IsComparableWith(right) || left.Kind == TypeKind.Null || right.Kind == TypeKind.Null
            ? ExpressionType.Boolean
            : throw ExpressionErrors.At(node.Right.Position, $"expected {left}, but this is {right}");

    private static ExpressionType Ordered(BinaryNode node, ExpressionType left, ExpressionType right)
    {
        if (!HasOrder(left))
            throw ExpressionErrors.At(node.Left.Position, $"{left} has no order");
        if (!HasOrder(right))
            throw ExpressionErrors.At(node.Right.Position, $"{right} has no order");
        return Comparable(node, left, right);
    }

    private static bool HasOrder(ExpressionType type) => type.Kind is not (TypeKind.List or TypeKind.Null);

    private static ExpressionType In(BinaryNode node, ExpressionType left, ExpressionType right)
    {
        if (!right.MayBe(TypeKind.List))
            throw ExpressionErrors.At(node.Right.Position, $"expected a list after 'in', but this is {right}");
        if (!left.IsComparableWith(new(right.Element)))
            throw ExpressionErrors.At(
                node.Left.Position, $"expected {new ExpressionType(right.Element)}, but this is {left}");
        return ExpressionType.Boolean;
    }

    private static ExpressionType Calculated(BinaryNode node, ExpressionType left, ExpressionType right) =>
        (node.Operator, left.Kind, right.Kind) switch
        {
            (_, TypeKind.Any, _) or (_, _, TypeKind.Any) => ExpressionType.Any,
            (_, TypeKind.Integer, TypeKind.Integer) => ExpressionType.Integer,
            (not TokenKind.Modulo, TypeKind.Double, TypeKind.Double) => ExpressionType.Double,
            (TokenKind.Plus, TypeKind.Text, TypeKind.Text) => ExpressionType.Text,
            (TokenKind.Minus, TypeKind.Time, TypeKind.Time) => ExpressionType.Duration,
            (TokenKind.Plus or TokenKind.Minus, TypeKind.Time, TypeKind.Duration) => ExpressionType.Time,
            (TokenKind.Plus, TypeKind.Duration, TypeKind.Time) => ExpressionType.Time,
            (TokenKind.Plus or TokenKind.Minus, TypeKind.Duration, TypeKind.Duration) => ExpressionType.Duration,
            (_, TypeKind.Integer, TypeKind.Double) or (_, TypeKind.Double, TypeKind.Integer) =>
                throw ExpressionErrors.At(
                    node.Position,
                    "a whole number and a number are not calculated with one another; write 1.0 or double(…)"
                ),
            _ => throw ExpressionErrors.At(node.Position, $"{left} and {right} are not calculated with one another"),
        };
}
