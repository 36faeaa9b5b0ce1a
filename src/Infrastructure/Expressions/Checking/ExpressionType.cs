using Recommendation.Domain.Items;
using Recommendation.Expressions.Evaluation;

namespace Recommendation.Expressions.Checking;

/// <summary>The type of an expression.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Element">The kind of the elements of a list.</param>
internal readonly record struct ExpressionType(TypeKind Kind, TypeKind Element = TypeKind.Any)
{
    internal static readonly ExpressionType Any = new(TypeKind.Any);
    internal static readonly ExpressionType Boolean = new(TypeKind.Boolean);
    internal static readonly ExpressionType Integer = new(TypeKind.Integer);
    internal static readonly ExpressionType Double = new(TypeKind.Double);
    internal static readonly ExpressionType Text = new(TypeKind.Text);
    internal static readonly ExpressionType Time = new(TypeKind.Time);
    internal static readonly ExpressionType Duration = new(TypeKind.Duration);
    internal static readonly ExpressionType Texts = new(TypeKind.List, TypeKind.Text);

    internal bool IsNumber => Kind is TypeKind.Integer or TypeKind.Double;

    internal static ExpressionType Of(AttributeType type) => type switch
    {
        AttributeType.Text => Text,
        AttributeType.Number => Double,
        AttributeType.Boolean => Boolean,
        AttributeType.Time => Time,
        AttributeType.TextList => Texts,
        _ => new(TypeKind.List, TypeKind.Double),
    };

    /// <summary>Whether a value of this type may be one of a kind.</summary>
    internal bool MayBe(TypeKind kind) => Kind == kind || Kind == TypeKind.Any;

    /// <summary>Whether values of both types can be compared with one another.</summary>
    internal bool IsComparableWith(ExpressionType other) =>
        Kind == TypeKind.Any || other.Kind == TypeKind.Any || Kind == other.Kind || (IsNumber && other.IsNumber);

    public override string ToString() => Kind switch
    {
        TypeKind.Any => "a value of any type",
        TypeKind.Null => "null",
        TypeKind.Boolean => "true or false",
        TypeKind.Integer => "a whole number",
        TypeKind.Double => "a number",
        TypeKind.Text => "a text",
        TypeKind.Time => "a time",
        TypeKind.Duration => "a duration",
        _ => Element == TypeKind.Text ? "a list of texts" : "a list",
    };
}
