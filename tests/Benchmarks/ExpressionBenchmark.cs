using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Expressions;

namespace Recommendation.Benchmarks;

/// <summary>What a condition of a scenario costs, for one item.</summary>
internal static class ExpressionBenchmark
{
    private const int Rounds = 5;

    private static readonly Option<int> s_times = new("--times")
    {
        DefaultValueFactory = _ => 2_000_000,
        Description = "How often each condition is evaluated.",
    };

    private static readonly Option<int> s_texts = new("--texts")
    {
        Description = "Instead: how many random texts and made expressions are compiled and evaluated.",
    };

    private static readonly (string Name, string Text)[] s_conditions =
    [
        ("attributes", "item.price < 100.0 && 'sale' in item.tags && item.country == user.country"),
        ("age", "now - item.createdAt < duration('168h')"),
        ("list", "item.tags.exists(t, t.startsWith('sa'))"),
    ];

    internal static Command Create()
    {
        var command = new Command(
            "expressions", "Nanoseconds and bytes of conditions, for one item.\n\nExample: expressions --times 100000")
        {
            s_times,
            s_texts,
        };
        command.SetAction(parse =>
        {
            if (parse.GetValue(s_texts) is > 0 and var texts)
                return ExpressionFuzz.Run(texts);
            var times = parse.GetValue(s_times);
            Console.WriteLine(JsonSerializer.Serialize(s_conditions.ToDictionary(
                condition => condition.Name, condition => Measure(condition.Text, times))));
            return 0;
        });
        return command;
    }

    private static Dictionary<string, double> Measure(string text, int times)
    {
        var schema = new ExpressionSchema(
            new Dictionary<string, AttributeType>
            {
                ["tags"] = AttributeType.TextList,
                ["country"] = AttributeType.Text,
            },
            new Dictionary<string, AttributeType> { ["country"] = AttributeType.Text });
        var condition = new ExpressionCompiler().Compile(text, schema).Holds;
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var item = new CatalogItem(ItemId.Parse("i"), "Mug", [])
        {
            Price = 50,
            CreatedAt = now.AddDays(-2),
            Attributes = new Dictionary<string, AttributeValue>
            {
                ["tags"] = AttributeValue.Of(["new", "sale"]),
                ["country"] = AttributeValue.Of("DE"),
            },
        };
        var user = new Dictionary<string, AttributeValue> { ["country"] = AttributeValue.Of("DE") };
        var scope = new ConditionScope(item, user, new Dictionary<string, AttributeValue>(), now);
        var (best, bytes) = (double.MaxValue, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var (allocated, clock) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
            for (var time = 0; time < times; time++)
            {
                if (!condition(scope))
                    throw new InvalidOperationException($"'{text}' does not hold.");
            }
            best = Math.Min(best, clock.Elapsed.TotalNanoseconds / times);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / times;
        }
        return new() { ["nanoseconds"] = Math.Round(best, 1), ["bytes"] = bytes };
    }
}
