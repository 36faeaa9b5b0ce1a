using System.Text;
using Recommendation.Application.Ports;
using static Recommendation.Expressions.Tests.Conditions;

namespace Recommendation.Expressions.Tests;

public sealed class ExpressionFuzzTests
{
    private static readonly string[] s_parts =
    [
        "item", "user", "context", "now", ".", ".price", ".tags", "(", ")", "[", "]", ",", "&&", "||", "!", "-", "+",
        "*", "/", "%", "<", "<=", "==", "in", " ", "'a'", "\"", "'", "\\", "1", "1.5", "0x", "e9", "true", "null",
        "?", ":", "has", "size", ".exists", "t", "duration('1h')", "é", "\0", "\ud800", "😀", "99999999999999999999",
        "matches('(a|b)*')",
    ];

    [Fact]
    public void Any_text_is_a_condition_or_refused_with_a_column()
    {
        var random = new Random(11);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder();
            for (var parts = random.Next(1, 25); parts > 0; parts--)
                text.Append(s_parts[random.Next(s_parts.Length)]);
            Try(text.ToString());
        }
    }

    [Fact]
    public void A_made_expression_that_lost_or_doubled_a_part_is_a_condition_or_refused()
    {
        var random = new Random(12);
        for (var round = 0; round < 5_000; round++)
        {
            var text = new MadeExpressions(round).Condition(4);
            if (text.Length is < 2 or > 2_000)
                continue;
            var (at, length) = (random.Next(text.Length - 1), random.Next(1, 6));
            var part = text.Substring(at, Math.Min(length, text.Length - at));
            Try(random.Next(2) == 0 ? text.Remove(at, part.Length) : text.Insert(at, part));
        }
    }

    private static void Try(string text)
    {
        try
        {
            Compile(text);
            Holds(text);
        }
        catch (InvalidExpressionException problem)
        {
            Assert.InRange(problem.Column, 1, text.Length + 1);
        }
    }
}
