using Recommendation.Domain.Items;

namespace Recommendation.Expressions.Evaluation;

/// <summary>
/// A value while an expression is evaluated, or the error that there is none. A struct without allocation: an
/// expression is evaluated for each of a thousand candidates of a request.
/// </summary>
internal readonly struct Value
{
    private readonly long _bits;
    private readonly object? _object;

    private Value(TypeKind kind, long bits, object? content = null, bool isError = false) =>
        (Kind, _bits, _object, IsError) = (kind, bits, content, isError);

    /// <summary>There is no value.</summary>
    internal static Value Error { get; } = new(TypeKind.Any, 0, isError: true);

    internal static Value Null { get; } = new(TypeKind.Null, 0);

    internal bool IsError { get; }

    internal TypeKind Kind { get; }

    internal bool Boolean => _bits != 0;

    internal long Integer => _bits;

    internal double Double => BitConverter.Int64BitsToDouble(_bits);

    internal string Text => (string)_object!;

    internal DateTimeOffset Time => new(_bits, TimeSpan.Zero);

    internal TimeSpan Duration => new(_bits);

    internal bool IsTrue => Kind == TypeKind.Boolean && _bits != 0;

    internal bool IsFalse => Kind == TypeKind.Boolean && _bits == 0;

    internal bool IsNumber => Kind is TypeKind.Integer or TypeKind.Double;

    /// <summary>The number of elements of a list.</summary>
    internal int Count => _object switch
    {
        IReadOnlyList<string> texts => texts.Count,
        IReadOnlyList<float> numbers => numbers.Count,
        _ => ((Value[])_object!).Length,
    };

    internal static Value Of(bool value) => new(TypeKind.Boolean, value ? 1 : 0);

    internal static Value Of(long value) => new(TypeKind.Integer, value);

    internal static Value Of(double value) => new(TypeKind.Double, BitConverter.DoubleToInt64Bits(value));

    internal static Value Of(string? value) => value is null ? Error : new(TypeKind.Text, 0, value);

    internal static Value Of(DateTimeOffset? value) =>
        value is { } time ? new(TypeKind.Time, time.UtcTicks) : Error;

    internal static Value Of(TimeSpan value) => new(TypeKind.Duration, value.Ticks);

    internal static Value Of(IReadOnlyList<string> value) => new(TypeKind.List, 0, value);

    internal static Value Of(Value[] value) => new(TypeKind.List, 0, value);

    internal static Value Of(AttributeValue value) => value.Type switch
    {
        AttributeType.Text => Of(value.Text),
        AttributeType.Number => Of(value.Number),
        AttributeType.Boolean => Of(value.Boolean),
        AttributeType.Time => Of(value.Time),
        AttributeType.TextList => Of(value.Texts),
        _ => new(TypeKind.List, 0, value.Vector),
    };

    /// <summary>An element of a list.</summary>
    internal Value At(int index) => _object switch
    {
        IReadOnlyList<string> texts => Of(texts[index]),
        IReadOnlyList<float> numbers => Of((double)numbers[index]),
        _ => ((Value[])_object!)[index],
    };
}
