using Recommendation.Domain.Items;
using Recommendation.Expressions.Evaluation;
using Recommendation.Expressions.Syntax;

namespace Recommendation.Expressions.Selecting;

/// <summary>
/// A comparison of a field of the item with a value. A time may be moved before it is compared, as in
/// <c>now - item.createdAt &lt; duration('168h')</c>.
/// </summary>
internal sealed record FieldComparison(string Field, TokenKind Operator, Node Value)
{
    /// <summary>Milliseconds: sums of times are rounded.</summary>
    private const double Slack = 1;

    /// <summary>What the field is added to or subtracted from; null for nothing.</summary>
    internal Node? Shift { get; private init; }

    /// <summary>How the shift and the field are joined.</summary>
    internal ShiftKind Kind { get; private init; }

    /// <returns>Null if the comparison is of another form.</returns>
    internal static FieldComparison? Find(BinaryNode node) =>
        Find(node.Left, node.Operator, node.Right) ?? Find(node.Right, Mirrored(node.Operator), node.Left);

    /// <summary>Items of which a field equals a value.</summary>
    internal static ItemSelector Equal(string field, Value value) => value switch
    {
        { IsError: true } => ItemSelector.None,
        { Kind: TypeKind.Text } => new ItemSelector.Equal(field, value.Text),
        { Kind: TypeKind.Boolean } => new ItemSelector.Flagged(field, value.Boolean),
        { Kind: TypeKind.List } => ItemSelector.All,
        _ => NumberOf(value) is { } number ? new ItemSelector.Between(field, number, number) : ItemSelector.None,
    };

    /// <param name="value">What the field is compared with.</param>
    /// <param name="shift">What it is moved by; null for nothing.</param>
    /// <param name="wanted">Whether the comparison is to be true.</param>
    /// <param name="having">Selects the items that have the field.</param>
    internal ItemSelector Select(Value value, Value? shift, bool wanted, ItemSelector having)
    {
        if (value.IsError || shift is { IsError: true })
            return ItemSelector.None;
        var isEquality = Operator is TokenKind.Equal or TokenKind.NotEqual;
        if (shift is { } by)
            return !isEquality && BoundOf(value, by) is { } bound ? Range(bound, wanted, Slack) : having;
        if (isEquality)
        {
            return wanted == (Operator == TokenKind.Equal) ? Equal(Field, value)
                : value.Kind == TypeKind.Text ? having.And(new ItemSelector.Unequal(Field, value.Text)) : having;
        }
        // Texts and truth values have an order, too, which an index does not keep.
        return NumberOf(value) is { } number && !double.IsNaN(number) ? Range(number, wanted, slack: 0) : having;
    }

    private ItemSelector.Between Range(double bound, bool wanted, double slack)
    {
        var isBelow = Operator is TokenKind.Less or TokenKind.AtMost;
        return isBelow != (Kind == ShiftKind.MinusField) == wanted
            ? new(Field, double.NegativeInfinity, bound + slack) : new(Field, bound - slack, double.PositiveInfinity);
    }

    /// <summary>Where the field itself is compared; null if the types are no times and durations.</summary>
    private double? BoundOf(Value value, Value shift) => (Kind, shift.Kind, value.Kind) switch
    {
        (ShiftKind.FieldPlus, TypeKind.Duration, TypeKind.Time) => NumberOf(value) - LengthOf(shift),
        (ShiftKind.FieldMinus, TypeKind.Duration, TypeKind.Time) => NumberOf(value) + LengthOf(shift),
        (ShiftKind.FieldMinus, TypeKind.Time, TypeKind.Duration) => NumberOf(shift) + LengthOf(value),
        (ShiftKind.MinusField, TypeKind.Time, TypeKind.Duration) => NumberOf(shift) - LengthOf(value),
        _ => null,
    };

    private static FieldComparison? Find(Node of, TokenKind kind, Node value)
    {
        if (!value.IsWithoutItem())
            return null;
        if (of.FieldOfItem() is { } field)
            return new(field, kind, value);
        if (of is not BinaryNode { Operator: TokenKind.Plus or TokenKind.Minus, Left: var left, Right: var right } sum)
            return null;
        var isPlus = sum.Operator == TokenKind.Plus;
        if (left.FieldOfItem() is { } first && right.IsWithoutItem())
        {
            return new(first, kind, value)
            {
                Shift = right,
                Kind = isPlus ? ShiftKind.FieldPlus : ShiftKind.FieldMinus,
            };
        }
        return right.FieldOfItem() is { } second && left.IsWithoutItem()
            ? new(second, kind, value) { Shift = left, Kind = isPlus ? ShiftKind.FieldPlus : ShiftKind.MinusField }
            : null;
    }

    private static double LengthOf(Value duration) => duration.Duration.Ticks / (double)TimeSpan.TicksPerMillisecond;

    /// <returns>Null for a value that is no number and no time.</returns>
    private static double? NumberOf(Value value) => value.Kind switch
    {
        TypeKind.Integer => value.Integer,
        TypeKind.Double => value.Double,
        TypeKind.Time => IndexedFields.NumberOf(value.Time),
        _ => null,
    };

    private static TokenKind Mirrored(TokenKind kind) => kind switch
    {
        TokenKind.Less => TokenKind.Greater,
        TokenKind.AtMost => TokenKind.AtLeast,
        TokenKind.Greater => TokenKind.Less,
        TokenKind.AtLeast => TokenKind.AtMost,
        _ => kind,
    };
}

/// <summary>How a field and a shift are joined.</summary>
internal enum ShiftKind
{
    None,
    FieldPlus,
    FieldMinus,
    MinusField,
}
