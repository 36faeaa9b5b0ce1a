using Recommendation.Expressions.Syntax;

namespace Recommendation.Expressions.Evaluation;

/// <summary>The operators of CEL on values; what is not defined is an error.</summary>
internal static class Operators
{
    internal static Value Apply(TokenKind kind, Value left, Value right) =>
        left.IsError || right.IsError
            ? Value.Error
            : kind switch
            {
                TokenKind.Equal => AreEqual(left, right) is { } equal ? Value.Of(equal) : Value.Error,
                TokenKind.NotEqual => AreEqual(left, right) is { } equal ? Value.Of(!equal) : Value.Error,
                TokenKind.Less => Compare(left, right) is { } order ? Value.Of(order < 0) : Unordered(left, right),
                TokenKind.AtMost => Compare(left, right) is { } order ? Value.Of(order <= 0) : Unordered(left, right),
                TokenKind.Greater => Compare(left, right) is { } order ? Value.Of(order > 0) : Unordered(left, right),
                TokenKind.AtLeast => Compare(left, right) is { } order ? Value.Of(order >= 0) : Unordered(left, right),
                TokenKind.In => In(left, right),
                _ => Calculate(kind, left, right),
            };

    internal static Value Negate(Value value) => value.Kind switch
    {
        TypeKind.Integer when value.Integer != long.MinValue => Value.Of(-value.Integer),
        TypeKind.Double => Value.Of(-value.Double),
        _ => Value.Error,
    };

    /// <summary>Null if one of the elements can't be compared.</summary>
    internal static bool? AreEqual(Value left, Value right)
    {
        if (left.IsNumber && right.IsNumber)
            return CompareNumbers(left, right) == 0;
        if (left.Kind != right.Kind)
            return false;
        return left.Kind switch
        {
            TypeKind.Null => true,
            TypeKind.Text => string.Equals(left.Text, right.Text, StringComparison.Ordinal),
            TypeKind.List => AreListsEqual(left, right),
            _ => left.Integer == right.Integer,
        };
    }

    private static bool? AreListsEqual(Value left, Value right)
    {
        if (left.Count != right.Count)
            return false;
        for (var at = 0; at < left.Count; at++)
        {
            if (AreEqual(left.At(at), right.At(at)) is not true)
                return false;
        }
        return true;
    }

    private static Value In(Value element, Value list)
    {
        if (list.Kind != TypeKind.List)
            return Value.Error;
        for (var at = 0; at < list.Count; at++)
        {
            if (AreEqual(element, list.At(at)) is true)
                return Value.Of(true);
        }
        return Value.Of(false);
    }

    /// <summary>Null if the values have no order.</summary>
    private static int? Compare(Value left, Value right)
    {
        if (left.IsNumber && right.IsNumber)
            return CompareNumbers(left, right);
        if (left.Kind != right.Kind)
            return null;
        return left.Kind switch
        {
            TypeKind.Text => CompareTexts(left.Text, right.Text),
            TypeKind.Boolean or TypeKind.Time or TypeKind.Duration => left.Integer.CompareTo(right.Integer),
            _ => null,
        };
    }

    /// <summary>A number that is none is neither less nor greater than any.</summary>
    private static Value Unordered(Value left, Value right) =>
        left.IsNumber && right.IsNumber ? Value.Of(false) : Value.Error;

    private static int? CompareNumbers(Value left, Value right)
    {
        if (left.Kind == TypeKind.Integer && right.Kind == TypeKind.Integer)
            return left.Integer.CompareTo(right.Integer);
        if (left.Kind == TypeKind.Double && right.Kind == TypeKind.Double)
            return Order(left.Double, right.Double);
        return left.Kind == TypeKind.Integer
            ? CompareMixed(left.Integer, right.Double)
            : -CompareMixed(right.Integer, left.Double);
    }

    private static int? Order(double left, double right) =>
        double.IsNaN(left) || double.IsNaN(right) ? null : left.CompareTo(right);

    /// <summary>Exact: not every whole number of 64 bits is a double.</summary>
    private static int? CompareMixed(long integer, double number)
    {
        if (double.IsNaN(number))
            return null;
        if (number >= 9223372036854775808d)
            return -1;
        if (number < -9223372036854775808d)
            return 1;
        var whole = (long)Math.Truncate(number);
        return integer != whole ? integer.CompareTo(whole) : 0d.CompareTo(number - Math.Truncate(number));
    }

    /// <summary>By code points, as the specification says.</summary>
    private static int CompareTexts(string left, string right)
    {
        var (one, other) = (left.EnumerateRunes(), right.EnumerateRunes());
        while (true)
        {
            var (more, otherMore) = (one.MoveNext(), other.MoveNext());
            if (!more || !otherMore)
                return more.CompareTo(otherMore);
            if (one.Current != other.Current)
                return one.Current.CompareTo(other.Current);
        }
    }

    private static Value Calculate(TokenKind kind, Value left, Value right) => (left.Kind, right.Kind) switch
    {
        (TypeKind.Integer, TypeKind.Integer) => Calculate(kind, left.Integer, right.Integer),
        (TypeKind.Double, TypeKind.Double) => Calculate(kind, left.Double, right.Double),
        (TypeKind.Text, TypeKind.Text) when kind == TokenKind.Plus => Joined(left.Text, right.Text),
        (TypeKind.Time, TypeKind.Time) when kind == TokenKind.Minus => Value.Of(left.Time - right.Time),
        (TypeKind.Time, TypeKind.Duration) => Moved(kind, left.Time, right.Duration),
        (TypeKind.Duration, TypeKind.Time) when kind == TokenKind.Plus => Moved(kind, right.Time, left.Duration),
        (TypeKind.Duration, TypeKind.Duration) when kind is TokenKind.Plus or TokenKind.Minus =>
            Calculate(kind, left.Integer, right.Integer) is { IsError: false } ticks
                ? Value.Of(new TimeSpan(ticks.Integer)) : Value.Error,
        _ => Value.Error,
    };

    private static Value Calculate(TokenKind kind, long left, long right)
    {
        if (kind is TokenKind.Divide or TokenKind.Modulo && (right == 0 || (left == long.MinValue && right == -1)))
            return Value.Error;
        var exact = kind switch
        {
            TokenKind.Plus => (Int128)left + right,
            TokenKind.Minus => (Int128)left - right,
            TokenKind.Times => (Int128)left * right,
            TokenKind.Divide => left / right,
            _ => left % right,
        };
        return exact >= long.MinValue && exact <= long.MaxValue ? Value.Of((long)exact) : Value.Error;
    }

    private static Value Calculate(TokenKind kind, double left, double right) => kind switch
    {
        TokenKind.Plus => Value.Of(left + right),
        TokenKind.Minus => Value.Of(left - right),
        TokenKind.Times => Value.Of(left * right),
        TokenKind.Divide => Value.Of(left / right),
        _ => Value.Error,
    };

    private static Value Joined(string left, string right) =>
        left.Length + right.Length <= ExpressionLimits.JoinedCharacters ? Value.Of(left + right) : Value.Error;

    private static Value Moved(TokenKind kind, DateTimeOffset time, TimeSpan by)
    {
        var ticks = kind switch
        {
            TokenKind.Plus => (Int128)time.UtcTicks + by.Ticks,
            TokenKind.Minus => (Int128)time.UtcTicks - by.Ticks,
            _ => -1,
        };
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? Value.Of(new DateTimeOffset((long)ticks, TimeSpan.Zero)) : Value.Error;
    }

    /// <summary>The number of code points.</summary>
    internal static long Length(string text)
    {
        var length = 0L;
        foreach (var _ in text.EnumerateRunes())
            length++;
        return length;
    }
}
