using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Expressions;
using Recommendation.Expressions.Tests;

namespace Recommendation.Benchmarks;

/// <summary>
/// Random texts, and made expressions of which half lost or doubled a part: each is a condition or refused, within
/// bounded time and memory. Anything else ends it with the text.
/// </summary>
internal static class ExpressionFuzz
{
    private const string Parts =
        "item user context now . .price .tags ( ) [ ] , && || ! - + * / % < <= == != >= in 'a' \" ' \\ 1 1.5 0x e9 "
        + "true null ? : has size .exists t duration('1h') é \0 \ud800 😀 99999999999999999999 "
        + "matches('(a|b)*') .startsWith( \n";

    private static readonly string[] s_parts = Parts.Split(' ').Append(" ").ToArray();

    private static readonly ExpressionSchema s_schema = new(
        new Dictionary<string, AttributeType> { ["tags"] = AttributeType.TextList },
        new Dictionary<string, AttributeType> { ["country"] = AttributeType.Text });

    private static readonly CatalogItem s_item = new(ItemId.Parse("mug"), "Mug", ["a", "b"]) { Price = 12.5 };

    internal static int Run(int texts)
    {
        var random = new Random(19);
        var (conditions, refused, slowest, slowestText) = (0, 0, TimeSpan.Zero, "");
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < texts; round++)
        {
            var text = round % 2 == 0 ? RandomText(random) : MadeText(random, round);
            var start = clock.Elapsed;
            if (IsCondition(text))
                conditions++;
            else
                refused++;
            if (clock.Elapsed - start is var took && took > slowest)
                (slowest, slowestText) = (took, text);
        }
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["texts"] = texts,
            ["conditions"] = conditions,
            ["refused"] = refused,
            ["seconds"] = Math.Round(clock.Elapsed.TotalSeconds, 1),
            ["slowestMilliseconds"] = Math.Round(slowest.TotalMilliseconds, 1),
            ["slowestCharacters"] = slowestText.Length,
            ["megabytes"] = Math.Round(GC.GetTotalMemory(forceFullCollection: true) / 1e6, 1),
            ["mostMegabytes"] = Math.Round(Process.GetCurrentProcess().PeakWorkingSet64 / 1e6),
        }));
        return 0;
    }

    private static bool IsCondition(string text)
    {
        try
        {
            var condition = new ExpressionCompiler().Compile(text, s_schema);
            var scope = new ConditionScope(
                s_item, s_item.Attributes, s_item.Attributes, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
            condition.Holds(scope);
            condition.Select(scope);
            return true;
        }
        catch (InvalidExpressionException)
        {
            return false;
        }
        catch (Exception problem)
        {
            throw new InvalidOperationException($"The text {JsonSerializer.Serialize(text)} is not refused.", problem);
        }
    }

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        for (var parts = random.Next(1, 40); parts > 0; parts--)
            text.Append(s_parts[random.Next(s_parts.Length)]);
        return text.ToString();
    }

    private static string MadeText(Random random, int seed)
    {
        var text = new MadeExpressions(seed).Condition(random.Next(1, 6));
        if (random.Next(2) == 0)
            return text;
        var at = random.Next(text.Length);
        var part = text.Substring(at, Math.Min(random.Next(1, 6), text.Length - at));
        return random.Next(2) == 0 ? text.Remove(at, part.Length) : text.Insert(at, part);
    }
}
