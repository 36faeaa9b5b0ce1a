using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Items.Indexing;
using static Recommendation.Expressions.Tests.Conditions;

namespace Recommendation.Expressions.Tests;

/// <summary>What an index gives for a condition, checked with it, is what a scan of all items gives.</summary>
public sealed class SelectorTests
{
    private static readonly string[] s_texts = ["DE", "GB", "", "sale", "new", "ä", "Home", "Kitchen"];

    private static readonly Dictionary<string, AttributeValue> s_user = new(StringComparer.Ordinal)
    {
        ["country"] = AttributeValue.Of("DE"),
        ["age"] = AttributeValue.Of(30),
    };

    [Fact]
    public void An_index_selects_every_item_for_which_a_condition_holds()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var items = Enumerable.Range(0, random.Next(1, 120)).Select(n => Made(random, n)).ToList();
            var index = IndexOf(random, items);
            for (var round = 0; round < 40; round++)
            {
                var text = MadeCondition(random, 3);
                var condition = new ExpressionCompiler().Compile(text, Schema);
                var scope = new ConditionScope(null, s_user, s_user, Now);
                var scanned = items.Where(item => condition.Holds(scope with { Item = item }));
                var selected = index.Select(condition.Select(scope), int.MaxValue - 1_000_000)!;
                var missing = scanned.Select(item => item.ItemId).Except(selected).ToList();
                Assert.True(missing.Count == 0, $"Seed {seed}: `{text}` holds for {string.Join(", ", missing)}.");
                Assert.Subset(items.Select(item => item.ItemId).ToHashSet(), selected.ToHashSet());
            }
        }
    }

    [Theory]
    [InlineData("item.country == 'GB'", 10)]
    [InlineData("'GB' == item.country", 10)]
    [InlineData("item.country == user.country && item.weight < 10.0", 9)]
    [InlineData("item.country in ['GB', 'FR'] || item.weight >= 990.0", 20)]
    [InlineData("!(item.country != 'GB')", 10)]
    [InlineData("!('Home' in item.categories)", 10)]
    [InlineData("'Garden' in item.categories", 10)]
    [InlineData("now - item.createdAt < duration('24h')", 1)]
    [InlineData("item.createdAt > now - duration('24h')", 1)]
    [InlineData("item.createdAt + duration('24h') >= now", 1)]
    [InlineData("item.weight == 7", 1)]
    [InlineData("item.fragile && item.weight < 10.0", 10)]
    [InlineData("item.itemId in ['i1', 'i2', 'none']", 2)]
    [InlineData("has(item.price)", 10)]
    [InlineData("user.age > 50.0 || item.country == 'GB'", 10)]
    [InlineData("user.age > 50.0 ? true : item.country == 'GB'", 10)]
    [InlineData("item.country == context.missing", 0)]
    [InlineData("user.age < 50.0", 1_000)]
    [InlineData("item.title.startsWith('a')", 1_000)]
    public void Conditions_that_an_index_understands_select_few_items(string text, int most)
    {
        var items = Enumerable.Range(0, 1_000).Select(n => new CatalogItem(
            ItemId.Parse($"i{n}"), "Title", [n % 100 == 3 ? "Garden" : "Home"])
        {
            Price = n % 100 == 0 ? 5 : null,
            CreatedAt = Now.AddDays(-n),
            Attributes = new Dictionary<string, AttributeValue>
            {
                ["country"] = AttributeValue.Of(n % 100 == 5 ? "GB" : "DE"),
                ["weight"] = AttributeValue.Of(n),
                ["fragile"] = AttributeValue.Of(n == 9 || n > 500),
            },
        });
        var builder = new ItemIndexBuilder(ItemIndex.Empty);
        builder.Add(items, []);
        var select = new ExpressionCompiler().Compile(text, Schema).Select;
        var selected = builder.Build().Select(select(new ConditionScope(null, s_user, s_user, Now)), 1_000)!;
        // Neighbouring numbers may share a key.
        Assert.InRange(selected.Count, Math.Min(most, 1), most + 2);
    }

    [Fact]
    public void An_item_with_20_attributes_costs_a_quarter_of_a_kilobyte()
    {
        var builder = new ItemIndexBuilder(ItemIndex.Empty);
        builder.Add(
            Enumerable.Range(0, 2_000).Select(n => new CatalogItem(ItemId.Parse($"i{n}"), "Title", ["Home"])
            {
                Price = n,
                Attributes = Enumerable.Range(0, 20).ToDictionary(
                    one => $"a{one}", one => one % 2 == 0 ? AttributeValue.Of(n) : AttributeValue.Of($"{one} {n}")),
            }),
            []);
        var index = builder.Build();
        Assert.Equal(2_000, index.Count);
        Assert.InRange(index.Bytes / 2_000.0, 20 * 8, 256);
    }

    [Fact]
    public void Categories_are_found_by_their_paths_parts_and_beginnings()
    {
        var random = new Random(3);
        string[] written =
            ["Home > Kitchen", "home>kitchen > Pots", "Kitchen", " Sale ", ">", "a>", "> b", "ÄB > ß", "Sale"];
        string[] others = ["HOME", "kitchen", "Home>Kitchen", "Pots", "b", "äb", "none", "Home > Pots"];
        var items = Enumerable.Range(0, 200).Select(n => new CatalogItem(
            ItemId.Parse($"i{n}"), null, [.. Enumerable.Range(0, random.Next(3)).Select(_ => One(random, written))]))
            .ToList();
        var index = IndexOf(random, items);
        foreach (var wanted in written.Concat(others))
        {
            var selected = index.Select(ItemSelector.OfCategory(wanted), 1_000)!;
            Assert.Subset(selected.ToHashSet(), items
                .Where(item => item.Categories.Any(category => CategoryPath.Matches(category, wanted)))
                .Select(item => item.ItemId).ToHashSet());
        }
    }

    /// <summary>An index that was made in several steps, with items that were changed and deleted on the way.</summary>
    private static ItemIndex IndexOf(Random random, List<CatalogItem> items)
    {
        var builder = new ItemIndexBuilder(ItemIndex.Empty);
        builder.Add(
            items.Where(_ => random.Next(2) == 0).Select(item => item with { Price = 1, Available = false }), []);
        builder.Add(Enumerable.Range(0, 5).Select(n => Made(random, 1_000 + n)), []);
        var index = builder.Build();
        var gone = Enumerable.Range(0, 5).Select(n => ItemId.Parse($"i{1_000 + n}")).ToList();
        foreach (var chunk in items.Chunk(random.Next(1, 50)))
        {
            index = index.With(chunk, gone);
            if (random.Next(2) == 0)
                index = index.Sorted();
        }
        return index;
    }

    private static CatalogItem Made(Random random, int number)
    {
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        if (random.Next(3) > 0)
            attributes["tags"] = AttributeValue.Of([.. Enumerable.Range(0, random.Next(20) == 0 ? 40 : random.Next(3))
                .Select(n => n < 3 ? One(random, s_texts) : $"tag {n}")]);
        if (random.Next(3) > 0)
            attributes["country"] = AttributeValue.Of(One(random, s_texts));
        if (random.Next(3) > 0)
            attributes["weight"] = AttributeValue.Of(Number(random));
        if (random.Next(3) > 0)
            attributes["fragile"] = AttributeValue.Of(random.Next(2) == 0);
        return new CatalogItem(
            ItemId.Parse($"i{number}"), "Title",
            [.. Enumerable.Range(0, random.Next(3)).Select(_ => One(random, s_texts))], random.Next(4) > 0)
        {
            Price = random.Next(3) > 0 ? Math.Abs(Number(random)) : null,
            CreatedAt = random.Next(3) > 0 ? Now.AddHours(-random.Next(-50, 400)) : null,
            Attributes = attributes,
        };
    }

    private static double Number(Random random) => random.Next(4) switch
    {
        0 => random.Next(-5, 30),
        1 => random.NextDouble() * 20,
        2 => -0.0,
        _ => random.NextDouble() * double.MaxValue * (random.Next(2) == 0 ? -1 : 1),
    };

    private static string MadeCondition(Random random, int depth) => random.Next(depth == 0 ? 8 : 13) switch
    {
        0 => $"item.{One(random, ["price", "weight"])} {Comparison(random)} {MadeNumber(random)}",
        1 => $"{MadeNumber(random)} {Comparison(random)} item.weight",
        2 => $"item.country {One(random, ["==", "!="])} {MadeText(random)}",
        3 => $"{MadeText(random)} in item.{One(random, ["tags", "categories"])}",
        4 => $"item.country in [{MadeText(random)}, {MadeText(random)}]",
        5 => One(
            random, ["item.fragile", "item.available", "item.fragile == true", "has(item.price)", "has(item.tags)"]),
        6 => MadeTime(random),
        7 => One(random, [
            "user.age > 20.0", "user.country == 'GB'", "context.none == 1", "item.country.startsWith('s')",
            "item.tags.exists(t, t == 'sale')", "item.price < item.weight", "item.weight + 1.0 < 10.0",
            "context.country == item.country", "item.weight == context.country", "item.weight < context.age",
            "item.tags == ['sale']", "item.country < 'T'", "item.embedding == [1.0]", "item.weight in [1, 2.0, 30]",
        ]),
        8 or 9 => $"({MadeCondition(random, depth - 1)} && {MadeCondition(random, depth - 1)})",
        10 => $"({MadeCondition(random, depth - 1)} || {MadeCondition(random, depth - 1)})",
        11 => $"!({MadeCondition(random, depth - 1)})",
        _ => $"({MadeCondition(random, depth - 1)} ? {MadeCondition(random, depth - 1)} "
            + $": {MadeCondition(random, depth - 1)})",
    };

    private static string MadeTime(Random random)
    {
        var hours = random.Next(-20, 300);
        return One(random, [
            $"now - item.createdAt {Comparison(random)} duration('{hours}h')",
            $"item.createdAt - now {Comparison(random)} duration('{hours}h')",
            $"item.createdAt {Comparison(random)} now - duration('{hours}h')",
            $"item.createdAt + duration('{hours}h') {Comparison(random)} now",
            $"duration('{hours}h') + item.createdAt {Comparison(random)} now",
            $"now {Comparison(random)} item.createdAt - duration('{hours}h')",
        ]);
    }

    private static string MadeNumber(Random random) => One(random, [
        "0", "7", "-3", "7.5", "0.0", "(1.0 / 0.0)", "(0.0 / 0.0)", "user.age", "9223372036854775807",
        random.Next(30).ToString(CultureInfo.InvariantCulture),
    ]);

    private static string MadeText(Random random) => random.Next(5) == 0 ? "user.country" : $"'{One(random, s_texts)}'";

    private static string Comparison(Random random) => One(random, ["<", "<=", ">", ">=", "==", "!="]);

    private static string One(Random random, string[] of) => of[random.Next(of.Length)];
}
