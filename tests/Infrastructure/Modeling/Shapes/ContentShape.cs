using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Modeling.Tests.Shapes;

/// <summary>Data in which content decides what users come to, in a known way.</summary>
/// <param name="Interactions">The log.</param>
/// <param name="Items">The catalogue.</param>
internal sealed record ContentShape(List<Interaction> Interactions, List<CatalogItem> Items)
{
    private const int Styles = 12;
    private const int Words = 400;
    private const int Days = 30;

    /// <summary>
    /// Every item has a style, which decides who comes to it, and which only the words of its title and its categories
    /// tell. Colour, size and price are drawn at random.
    /// </summary>
    public static ContentShape Titles(int items = 240, int users = 400, int perUser = 12, int seed = 5)
    {
        var random = new Random(seed);
        return Of(items, users, perUser, random, Describe);

        CatalogItem Describe(ItemId id, int style) => new(id, Title(random, style), [$"s{style % 4}", $"s{style}"])
        {
            Price = Math.Round(random.NextDouble() * 50, 2),
            Attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
            {
                ["colour"] = AttributeValue.Of((IReadOnlyList<string>)[$"c{random.Next(9)}", $"c{random.Next(9)}"]),
                ["large"] = AttributeValue.Of(random.Next(2) == 0),
            },
        };
    }

    /// <summary>An embedding and a number decide who comes to an item; its title is drawn at random.</summary>
    public static ContentShape Vectors(int items = 240, int users = 400, int perUser = 12, int seed = 6)
    {
        var random = new Random(seed);
        var centres = Enumerable.Range(0, Styles).Select(_ => Vector(random, 16)).ToArray();
        return Of(items, users, perUser, random, (id, style) => new(id, Title(random, random.Next(Styles)), [])
        {
            Attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
            {
                ["embedding"] = AttributeValue.Of(Near(random, centres[style])),
                ["weight"] = AttributeValue.Of((10d * style) + random.NextDouble()),
                ["stock"] = AttributeValue.Of(random.NextDouble() * 100),
            },
        });
    }

    /// <summary>The same log, with the content of each item given to another one.</summary>
    public ContentShape Shuffled()
    {
        var ids = Items.Select(item => item.ItemId).ToArray();
        new Random(1).Shuffle(ids);
        return this with { Items = [.. Items.Select((item, at) => item with { ItemId = ids[at] })] };
    }

    private static ContentShape Of(
        int items, int users, int perUser, Random random, Func<ItemId, int, CatalogItem> describe)
    {
        var styles = Enumerable.Range(0, items).Select(_ => random.Next(Styles)).ToArray();
        var catalogue = styles.Select((style, item) => describe(ItemId.Parse($"i{item:000}"), style)).ToList();
        var byStyle = styles.Index().ToLookup(one => one.Item, one => one.Index);
        var log = new List<Interaction>();
        for (var user = 0; user < users; user++)
        {
            int[] tastes = [random.Next(Styles), random.Next(Styles)];
            for (var event_ = 0; event_ < perUser; event_++)
            {
                var own = byStyle[tastes[random.Next(2)]].ToArray();
                var item = own.Length > 0 && random.Next(10) > 0 ? own[random.Next(own.Length)] : random.Next(items);
                log.Add(Some.Interaction(
                    $"u{user:000}", $"i{item:000}", "view", Some.Noon.AddMinutes(-random.Next(Days * 1440))));
            }
        }
        return new(log, catalogue);
    }

    private static IReadOnlyList<float> Near(Random random, float[] centre) =>
        [.. centre.Zip(Vector(random, 16), (one, other) => one + (other * 0.5f))];

    private static string Title(Random random, int style) => string.Join(' ', Enumerable.Range(0, 5).Select(word =>
        word < 2 ? $"style{style}word{random.Next(6)}" : $"word{random.Next(Words)}"));

    private static float[] Vector(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() * 2) - 1))];
}
