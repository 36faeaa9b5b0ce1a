using System.Globalization;
using Recommendation.Domain;

namespace Recommendation.Expressions.Evaluation;

/// <summary>The conversions of CEL between types; what can't be converted is an error.</summary>
internal static class Conversions
{
    internal static Value ToInteger(Value value) => value switch
    {
        { IsError: true } => Value.Error,
        { Kind: TypeKind.Integer } => value,
        { Kind: TypeKind.Double } => value.Double is > -9223372036854775808d and < 9223372036854775808d
            ? Value.Of((long)value.Double) : Value.Error,
        { Kind: TypeKind.Text } => long.TryParse(
            value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? Value.Of(number) : Value.Error,
        { Kind: TypeKind.Time } => Value.Of(value.Time.ToUnixTimeSeconds()),
        _ => Value.Error,
    };

    internal static Value ToDouble(Value value) => value switch
    {
        { IsError: true } => Value.Error,
        { Kind: TypeKind.Double } => value,
        { Kind: TypeKind.Integer } => Value.Of((double)value.Integer),
        { Kind: TypeKind.Text } => double.TryParse(
            value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Value.Of(number) : Value.Error,
        _ => Value.Error,
    };

    internal static Value ToText(Value value) => value switch
    {
        { IsError: true } => Value.Error,
        { Kind: TypeKind.Text } => value,
        { Kind: TypeKind.Integer } => Value.Of(value.Integer.ToString(CultureInfo.InvariantCulture)),
        { Kind: TypeKind.Double } => Value.Of(value.Double.ToString("R", CultureInfo.InvariantCulture)),
        { Kind: TypeKind.Boolean } => Value.Of(value.Boolean ? "true" : "false"),
        { Kind: TypeKind.Time } => Value.Of(Timestamps.Format(value.Time)),
        _ => Value.Error,
    };
}
