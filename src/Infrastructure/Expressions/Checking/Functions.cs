using System.Text.RegularExpressions;
using Recommendation.Application.Ports;
using Recommendation.Expressions.Evaluation;
using Recommendation.Expressions.Syntax;
using static Recommendation.Expressions.Checking.Requirements;

namespace Recommendation.Expressions.Checking;

/// <summary>The functions and methods of CEL that are offered, with the types of their arguments.</summary>
internal static class Functions
{
    private static readonly Dictionary<string, Func<string, string, bool>> s_textTests = new(StringComparer.Ordinal)
    {
        ["startsWith"] = (text, part) => text.StartsWith(part, StringComparison.Ordinal),
        ["endsWith"] = (text, part) => text.EndsWith(part, StringComparison.Ordinal),
        ["contains"] = (text, part) => text.Contains(part, StringComparison.Ordinal),
    };

    private static readonly Dictionary<string, Func<DateTimeOffset, long>> s_timeParts = new(StringComparer.Ordinal)
    {
        ["getFullYear"] = time => time.Year,
        ["getMonth"] = time => time.Month - 1,
        ["getDate"] = time => time.Day,
        ["getDayOfMonth"] = time => time.Day - 1,
        ["getDayOfWeek"] = time => (long)time.DayOfWeek,
        ["getDayOfYear"] = time => time.DayOfYear - 1,
        ["getHours"] = time => time.Hour,
        ["getMinutes"] = time => time.Minute,
        ["getSeconds"] = time => time.Second,
    };

    private static readonly Dictionary<string, Func<TimeSpan, long>> s_durationParts = new(StringComparer.Ordinal)
    {
        ["getHours"] = duration => (long)duration.TotalHours,
        ["getMinutes"] = duration => (long)duration.TotalMinutes,
        ["getSeconds"] = duration => (long)duration.TotalSeconds,
    };

    private const string Known =
        "there are size, has, duration, timestamp, int, double, string, startsWith, endsWith, contains, matches, "
        + "exists, exists_one, all, and getHours and its like";

    /// <param name="call">The call.</param>
    /// <param name="target">What a method is called on; null for a function.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="InvalidExpressionException">There is no such function for these types.</exception>
    internal static Compiled Of(CallNode call, Compiled? target, Compiled[] arguments) => (target, arguments) switch
    {
        (null, [var one]) => OfOne(call, one),
        ({ } one, []) when call.Function is "size" => Size(call, one),
        ({ } one, []) => Part(call, one),
        ({ } text, [var part]) when s_textTests.TryGetValue(call.Function, out var test) =>
            TextTest(call, text, part, test),
        ({ } text, [_]) when call.Function is "matches" => Matches(call, text),
        _ => throw Missing(call),
    };

    private static Compiled OfOne(CallNode call, Compiled argument)
    {
        var evaluate = argument.Evaluate;
        return call.Function switch
        {
            "size" => Size(call, argument),
            "duration" => Literal(
                call,
                argument,
                text =>
                    Durations.Parse(text) is { } value
                        ? Value.Of(value)
                        : throw ExpressionErrors.At(
                            call.Arguments[0].Position,
                            $"'{text}' is no duration; write '168h' or '1h30m'"
                        ),
                ExpressionType.Duration
            ),
            "timestamp" => Literal(
                call,
                argument,
                text =>
                    Durations.ParseTime(text) is { } value
                        ? Value.Of(value)
                        : throw ExpressionErrors.At(
                            call.Arguments[0].Position,
                            $"'{text}' is no time; write '2026-01-31T00:00:00Z'"
                        ),
                ExpressionType.Time
            ),
            "int" => new(ExpressionType.Integer, (ref Frame frame) => Conversions.ToInteger(evaluate(ref frame))),
            "double" => new(ExpressionType.Double, (ref Frame frame) => Conversions.ToDouble(evaluate(ref frame))),
            "string" => new(ExpressionType.Text, (ref Frame frame) => Conversions.ToText(evaluate(ref frame))),
            _ => throw Missing(call),
        };
    }

    private static Compiled Size(CallNode call, Compiled argument)
    {
        Require(call.Target ?? call.Arguments[0], argument, TypeKind.Text, TypeKind.List);
        var evaluate = argument.Evaluate;
        return new(ExpressionType.Integer, (ref Frame frame) => evaluate(ref frame) switch
        {
            { IsError: true } => Value.Error,
            { Kind: TypeKind.Text } text => Value.Of(Operators.Length(text.Text)),
            { Kind: TypeKind.List } list => Value.Of((long)list.Count),
            _ => Value.Error,
        });
    }

    private static Compiled TextTest(CallNode call, Compiled target, Compiled part, Func<string, string, bool> test)
    {
        Require(call.Target!, target, TypeKind.Text);
        Require(call.Arguments[0], part, TypeKind.Text);
        var (text, other) = (target.Evaluate, part.Evaluate);
        return new(ExpressionType.Boolean, (ref Frame frame) =>
            (text(ref frame), other(ref frame)) is ({ Kind: TypeKind.Text } one, { Kind: TypeKind.Text } two)
                ? Value.Of(test(one.Text, two.Text)) : Value.Error);
    }

    /// <summary>The pattern is compiled once, and matched in time linear in the text.</summary>
    private static Compiled Matches(CallNode call, Compiled target)
    {
        Require(call.Target!, target, TypeKind.Text);
        if (call.Arguments[0] is not LiteralNode { Value: string pattern })
            throw ExpressionErrors.At(call.Arguments[0].Position, "the pattern must be a text in quotes");
        if (pattern.Length > ExpressionLimits.PatternCharacters)
            throw ExpressionErrors.At(
                call.Arguments[0].Position,
                $"the pattern is longer than {ExpressionLimits.PatternCharacters} characters"
            );
        var regex = Compile(pattern, call.Arguments[0].Position);
        var text = target.Evaluate;
        return new(ExpressionType.Boolean, (ref Frame frame) =>
            text(ref frame) is { Kind: TypeKind.Text } value ? Value.Of(regex.IsMatch(value.Text)) : Value.Error);
    }

    private static Regex Compile(string pattern, int position)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception problem) when (problem is ArgumentException or NotSupportedException)
        {
            throw ExpressionErrors.At(
                position,
                $"'{pattern}' is no pattern that can be matched: {problem.Message.TrimEnd('.')}"
            );
        }
    }

    private static Compiled Part(CallNode call, Compiled target)
    {
        s_timeParts.TryGetValue(call.Function, out var ofTime);
        s_durationParts.TryGetValue(call.Function, out var ofDuration);
        if (ofTime is null && ofDuration is null)
            throw Missing(call);
        Require(call.Target!, target, ofDuration is null ? [TypeKind.Time] : [TypeKind.Time, TypeKind.Duration]);
        var evaluate = target.Evaluate;
        return new(ExpressionType.Integer, (ref Frame frame) => evaluate(ref frame) switch
        {
            { IsError: true } => Value.Error,
            { Kind: TypeKind.Time } time => Value.Of(ofTime!(time.Time)),
            { Kind: TypeKind.Duration } duration when ofDuration is not null => Value.Of(ofDuration(duration.Duration)),
            _ => Value.Error,
        });
    }

    /// <summary>Times and durations are read when the expression is compiled.</summary>
    private static Compiled Literal(
        CallNode call, Compiled argument, Func<string, Value> read, ExpressionType type)
    {
        if (argument.Type.Kind == type.Kind)
            return argument;
        if (call.Arguments[0] is not LiteralNode { Value: string text })
            throw ExpressionErrors.At(call.Arguments[0].Position, $"{call.Function}(…) takes a text in quotes");
        var value = read(text);
        return new(type, (ref Frame _) => value);
    }

    private static InvalidExpressionException Missing(CallNode call) => ExpressionErrors.At(
        call.Position, $"there is no function '{call.Function}' with these arguments; {Known}");
}
