using FsCheck;
using FsCheck.Fluent;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Scenarios;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Tests.Retrieval;

/// <summary>Where the settings say so, the variants of a product count as one item.</summary>
public sealed class VariantTests
{
    private static readonly int[][] s_sizes = [[1000], [1], [7, 3], [50], [100, 2]];

    [Fact]
    public Task Lists_of_any_pages_hold_each_product_once_at_the_place_of_its_best_variant() => Always.HoldsAsync(
        Cases(120),
        async one =>
        {
            await using var world = await OpenAsync(one);
            foreach (var category in (string?[])[null, Catalogue.Even, Catalogue.Rare])
            {
                var expected = Expected(one, category);
                foreach (var sizes in s_sizes)
                    Assert.Equal(expected, await PageAsync(world, sizes, category));
            }
        },
        times: 10);

    [Fact]
    public async Task A_list_beyond_what_a_cursor_can_name_repeats_no_product()
    {
        var one = new Case(new(3_600, 2_000, Stored: 100, Seen: 10, Unavailable: 200, Seed: 8), PerProduct: 2);
        await using var world = await OpenAsync(one);

        Assert.Equal(Expected(one, null), await PageAsync(world, [700, 500], null));
    }

    [Fact]
    public Task Rules_of_scenarios_keep_to_one_variant() => Always.HoldsAsync(
        Cases(80),
        async one =>
        {
            await using var world = await OpenAsync(one);
            var pinned = one.Catalogue.Shuffled(one.Catalogue.Seed + 9).Take(4).ToArray();
            var scenario = new Scenario
            {
                Boosts = [new("\"even\" in item.categories", Multiply: 3)],
                Promotions = [new("\"rare\" in item.categories", 0.3)],
                Pins = [.. pinned.Select((item, place) => new Pin(item, (2 * place) + 1))],
                Diversity = new("categories", 2, 3),
            };
            foreach (var count in (int[])[1, 10, 40])
            {
                var list = await world.SendAsync(
                    new RecommendForScenario(ScenarioName.Parse("home"), Some.Ann) { Draft = scenario, Count = count });

                var items = list.Items.Select(item => item.ItemId.Value).ToList();
                var products = items.ConvertAll(one.ProductOf);
                Assert.Equal(products.Count, products.Distinct(StringComparer.Ordinal).Count());
                var allowed = Expected(one, null).Select(one.ProductOf).ToHashSet(StringComparer.Ordinal);
                Assert.Subset(allowed, products.ToHashSet(StringComparer.Ordinal));
                // A pin that the list does not reach is not shown, and neither is another variant of it.
                allowed.ExceptWith(pinned.Select(one.ProductOf));
                Assert.InRange(items.Count, Math.Min(count, allowed.Count), count);
                Assert.Empty(items.Intersect(one.Catalogue.UnavailableItems, StringComparer.Ordinal));
            }
        },
        times: 15);

    [Fact]
    public async Task What_goes_with_an_item_is_none_of_its_variants()
    {
        var one = new Case(new Catalogue(30, 30, Stored: 0, Seen: 0, Unavailable: 0, Seed: 3), PerProduct: 3);
        await using var world = await OpenAsync(one);

        var similar = await world.SendAsync(new SimilarItems(Some.Item("i00004"), 100));

        var products = similar.Items.Select(item => one.ProductOf(item.ItemId.Value)).ToList();
        Assert.DoesNotContain(one.ProductOf("i00004"), products);
        Assert.Equal(9, products.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(9, products.Count);
    }

    [Fact]
    public async Task Each_variant_is_an_item_of_its_own_unless_the_settings_say_otherwise()
    {
        var one = new Case(new Catalogue(30, 30, Stored: 0, Seen: 3, Unavailable: 2, Seed: 3), PerProduct: 3);
        await using var world = await OpenAsync(one, asOne: false);

        var list = await world.SendAsync(new Recommend(Some.Ann, 1000));

        var items = list.Items.Select(item => item.ItemId.Value).Order(StringComparer.Ordinal);
        Assert.Equal(one.Catalogue.Eligible, items);
    }

    [Fact]
    public async Task An_explanation_says_which_variant_is_in_the_list_and_that_another_is_known()
    {
        var one = new Case(new Catalogue(9, 9, Stored: 0, Seen: 1, Unavailable: 0, Seed: 5), PerProduct: 3);
        await using var world = await OpenAsync(one);
        var listed = (await world.SendAsync(new Recommend(Some.Ann, 10))).Items[0].ItemId.Value;
        var other = one.VariantsOf(listed).First(item => item != listed);

        var replaced = await world.SendAsync(new ExplainRecommendation(Some.Ann, Some.Item(other)));
        Assert.Equal((ExplainedOutcome.Variant, null), (replaced.Outcome, replaced.Place));
        Assert.Contains($"{listed}, another variant", replaced.Sentence, StringComparison.Ordinal);

        var seen = one.Catalogue.SeenItems[0];
        var hidden = one.VariantsOf(seen).First(item => item != seen);
        var known = await world.SendAsync(new ExplainRecommendation(Some.Ann, Some.Item(hidden)));
        Assert.Equal(ExplainedOutcome.Seen, known.Outcome);
        Assert.Contains("another variant", known.Sentence, StringComparison.Ordinal);
    }

    private static Gen<Case> Cases(int size) =>
        from catalogue in Catalogue.Any(size)
        from perProduct in Gen.Choose(1, 5)
        select new Case(catalogue, perProduct);

    private static async Task<World> OpenAsync(Case one, bool asOne = true)
    {
        var world = World.Open(options => options.VariantsAsOne = asOne);
        await one.Catalogue.PutIntoAsync(world);
        var items = await world.Catalog.FindAsync([.. one.Catalogue.Popular.Select(Some.Item)], CancellationToken.None);
        await world.Catalog.PutAsync(
            [.. items.Values.Select(item => item with { Group = one.ProductOf(item.ItemId.Value) })],
            CancellationToken.None);
        return world;
    }

    /// <summary>What the list must be: by the definition, and not by what makes it.</summary>
    private static List<string> Expected(Case one, string? category)
    {
        var catalogue = one.Catalogue;
        var known = catalogue.SeenItems.Select(one.ProductOf).ToHashSet(StringComparer.Ordinal);
        var unavailable = catalogue.UnavailableItems.ToHashSet(StringComparer.Ordinal);
        var expected = new List<string>();
        foreach (var best in catalogue.Seen > 0 ? catalogue.Ranked.Concat(catalogue.Popular) : catalogue.Popular)
        {
            if (!known.Add(one.ProductOf(best)))
                continue;
            if (one.VariantsOf(best).Where(item => item != best).Prepend(best).FirstOrDefault(MayBeShown) is { } shown)
                expected.Add(shown);
        }
        return expected;

        bool MayBeShown(string item) => !unavailable.Contains(item)
            && (category is null || catalogue.CategoriesOf(item).Contains(category, StringComparer.Ordinal));
    }

    private static async Task<List<string>> PageAsync(World world, int[] sizes, string? category)
    {
        var shown = new List<string>();
        SeenItemsCursor? cursor = null;
        for (var page = 0; ; page++)
        {
            Assert.True(page < 2_000, "The list does not end.");
            var filter = new ListFilter(Categories: category is null ? null : [category], Seen: cursor);
            var list = await world.SendAsync(new Recommend(Some.Ann, sizes[page % sizes.Length], filter));
            shown.AddRange(list.Items.Select(item => item.ItemId.Value));
            if (!list.More)
                return shown;
            cursor = SeenItemsCursor.TryParse(SeenItemsCursor.After(cursor, list).ToString());
        }
    }

    /// <summary>A catalogue with products of up to so many variants.</summary>
    private sealed record Case(Catalogue Catalogue, int PerProduct)
    {
        internal string ProductOf(string item)
        {
            var number = int.Parse(item[1..], System.Globalization.CultureInfo.InvariantCulture);
            // Some groups are named by one of their items.
            var first = number / PerProduct * PerProduct;
            return first % 2 == 0 ? Catalogue.Id(Math.Min(first + PerProduct, Catalogue.Size) - 1) : $"product {first}";
        }

        private ILookup<string, string> Products => field ??= Catalogue.Popular
            .OrderBy(item => item != ProductOf(item)).ThenBy(item => item, StringComparer.Ordinal)
            .ToLookup(ProductOf, StringComparer.Ordinal);

        internal IEnumerable<string> VariantsOf(string item) => Products[ProductOf(item)];
    }
}
