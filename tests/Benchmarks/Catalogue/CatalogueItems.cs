using System.Globalization;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Benchmarks.Catalogue;

/// <summary>Items with a title, categories, a price, a time and twenty attributes.</summary>
internal static class CatalogueItems
{
    private static readonly string[] s_words =
    [
        "oak", "pine", "shelf", "lamp", "white", "black", "small", "large", "garden", "kitchen", "chair", "table",
        "desk", "wicker", "heart", "glass", "steel", "cotton", "vintage", "modern",
    ];

    private static readonly DateTimeOffset s_newest = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static ItemChange Of(int number)
    {
        var random = new Random(number);
        var values = new Dictionary<string, AttributeValue?>(StringComparer.Ordinal)
        {
            ["price"] = AttributeValue.Of(Math.Round(random.NextDouble() * 500, 2)),
            ["createdAt"] = AttributeValue.Of(s_newest.AddMinutes(-number)),
        };
        for (var attribute = 0; attribute < 20; attribute++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"a{attribute:00}");
            values[name] = (attribute % 4) switch
            {
                0 => AttributeValue.Of(Word(random)),
                1 => AttributeValue.Of(random.Next(1000)),
                2 => AttributeValue.Of(random.Next(2) == 0),
                _ => AttributeValue.Of($"v{random.Next(10_000)}"),
            };
        }
        var id = string.Create(CultureInfo.InvariantCulture, $"item-{number:0000000}");
        var category = string.Create(CultureInfo.InvariantCulture, $"c{random.Next(500)}");
        return new ItemChange(ItemId.Parse(id), Title(random, number), [Word(random), category])
        {
            Values = values,
        };
    }

    /// <summary>Words as a user of the catalogue page types them: one or two, and now and then a value.</summary>
    internal static (string Text, string[] Values) Query(Random random, int items) => random.Next(4) switch
    {
        0 => (Word(random), []),
        1 => ($"{Word(random)} {Word(random)}", []),
        2 => ($"{Word(random)} n{random.Next(items)}", []),
        _ => (Word(random), [$"a03:v{random.Next(10_000)}"]),
    };

    private static string Title(Random random, int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Word(random)} {Word(random)} {Word(random)} n{number}");

    private static string Word(Random random) => s_words[random.Next(s_words.Length)];
}
