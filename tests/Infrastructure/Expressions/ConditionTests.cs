using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using static Recommendation.Expressions.Tests.Conditions;

namespace Recommendation.Expressions.Tests;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("item.price < 100.0 && \"sale\" in item.tags && item.country == user.country")]
    [InlineData("now - item.createdAt < duration(\"168h\")")]
    [InlineData("item.price < 100")]
    [InlineData("item.itemId == 'mug' && item.title.startsWith('Red') && item.title.matches('m.g$')")]
    [InlineData("!('Garden' in item.categories) && 'Kitchen' in item.categories")]
    [InlineData("item.categories.exists(c, c.contains('itch')) && item.tags.all(t, size(t) < 5)")]
    [InlineData("item.tags.exists(a, item.categories.exists(b, a != b))")]
    [InlineData("context.device == 'mobile' && context.hour >= 9 && context.hour < 17")]
    [InlineData("item['price'] == 12.5 && item.categories[0] == 'Home' && context['device'] == 'mobile'")]
    [InlineData("has(item.price) && !has(item.weight) && !has(context.place)")]
    [InlineData("(item.price > 20.0 ? 'dear' : 'cheap') == 'cheap'")]
    [InlineData("now.getHours() == 12 && now.getDayOfWeek() == 0 && timestamp('2026-02-01T00:00:00Z') < now")]
    [InlineData("item.embedding[1] > 1.0 && size(item.embedding) == 2")]
    [InlineData("item.available && item.currency in ['EUR', 'USD']")]
    public void Conditions_that_hold(string text) => Assert.True(Holds(text));

    [Theory]
    [InlineData("item.weight < 100.0")]
    [InlineData("!(item.weight < 100.0)")]
    [InlineData("item.categories[7] == 'Home'")]
    [InlineData("1 / 0 == 1")]
    [InlineData("context.hour == 'nine'")]
    [InlineData("context.place == 'home'")]
    [InlineData("item.group == 'mugs'")]
    [InlineData("user.age > 18")]
    public void A_condition_that_cannot_be_decided_does_not_hold(string text) => Assert.False(Holds(text));

    [Theory]
    [InlineData("item.weight < 100.0 || item.price < 100.0")]
    [InlineData("item.price < 100.0 || item.weight < 100.0")]
    [InlineData("!(item.weight < 1.0 && item.price > 100.0)")]
    public void The_other_side_decides_where_one_side_cannot(string text) => Assert.True(Holds(text));

    [Fact]
    public void Nothing_is_known_of_an_item_outside_the_catalogue()
    {
        Assert.False(Holds("item.price < 100.0", item: null));
        Assert.False(Holds("item.available", item: null));
        Assert.True(Holds("user.country == 'DE'", item: null));
    }

    [Fact]
    public void A_long_list_within_a_long_list_ends()
    {
        var tags = Enumerable.Range(0, 5_000).Select(tag => $"t{tag}").ToList();
        var item = new CatalogItem(ItemId.Parse("i"), null, tags)
        {
            Attributes = new Dictionary<string, AttributeValue> { ["tags"] = AttributeValue.Of(tags) },
        };
        Assert.False(Holds("item.tags.exists(a, item.categories.exists(b, a + b == 'x'))", item));
    }

    [Fact]
    public void A_pattern_that_makes_other_engines_hang_is_matched_in_linear_time()
    {
        var item = Item with { Title = new string('a', 60_000) + "!" };
        Assert.False(Holds("item.title.matches('^(a+)+$')", item));
    }
}
