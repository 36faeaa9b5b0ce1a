using FsCheck;
using FsCheck.Fluent;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Domain.Tests.Items;

public sealed class ItemChangeTests
{
    [Fact]
    public void Changes_one_after_the_other_are_the_same_as_both_at_once()
    {
        var change =
            from title in Gen.Elements(null, "", "A", "B")
            from available in Gen.Elements<bool?>(null, true, false)
            from names in Gen.ListOf(Gen.Elements("a", "b", "price", "url"))
            from seed in Gen.Choose(0, 1000)
            select new ItemChange(ItemId.Parse("i"), title, seed % 3 == 0 ? ["c"] : null, available)
            {
                Values = names.Distinct(StringComparer.Ordinal).ToDictionary(
                    name => name, name => ValueOf(name, seed), StringComparer.Ordinal),
            };
        Prop.ForAll(
            (from first in change from second in change select (first, second)).ToArbitrary(),
            pair => pair.first.Then(pair.second).ApplyTo(null)
                .Equals(pair.second.ApplyTo(pair.first.ApplyTo(null)))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_item_is_made_again_of_the_change_that_says_everything()
    {
        var item = new CatalogItem(ItemId.Parse("i"), "T", ["A > B"], Available: false)
        {
            Description = "D",
            Price = 1,
            Currency = "EUR",
            ImageUrl = "/i",
            Url = "/u",
            Group = "g",
            CreatedAt = DateTimeOffset.UnixEpoch,
            ExpiresAt = DateTimeOffset.UnixEpoch.AddDays(1),
            Attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
            {
                ["a"] = AttributeValue.Of(1),
            },
        };
        Assert.Equal(item, ItemChange.Of(item).ApplyTo(known: null));
        Assert.NotEqual(item, ItemChange.Of(item with { Url = null }).ApplyTo(known: null));
        Assert.All(ItemProperty.All, property => Assert.NotNull(property.Get(item)));
    }

    private static AttributeValue? ValueOf(string name, int seed) => (seed % 2 == 0, name) switch
    {
        (true, _) => null,
        (_, "url") => AttributeValue.Of($"/{seed}"),
        _ => AttributeValue.Of(seed),
    };
}
