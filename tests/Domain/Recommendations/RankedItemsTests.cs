using FsCheck.Fluent;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Domain.Tests.Recommendations;

public sealed class RankedItemsTests
{
    [Fact]
    public void Items_are_ordered_by_score_and_ties_by_id() =>
        Assert.Equal(
            "c a b d",
            Ids(
                RankedItems.From(
                    [Some.Item("b", 0.5), Some.Item("d", -1), Some.Item("c", 0.9), Some.Item("a", 0.5)],
                    10
                )
            )
        );

    [Fact]
    public void An_item_twice_keeps_its_better_score()
    {
        var list = RankedItems.From([Some.Item("a", 0.1), Some.Item("b", 0.5), Some.Item("a", 0.9)], 10);

        Assert.Equal([Some.Item("a", 0.9), Some.Item("b", 0.5)], list);
    }

    [Fact]
    public void Seen_items_are_left_out_and_leave_no_gap()
    {
        var seen = new HashSet<ItemId> { ItemId.Parse("a"), ItemId.Parse("c") };

        Assert.Equal(
            "b d",
            Ids(RankedItems.From([Some.Item("a", 4), Some.Item("b", 3), Some.Item("c", 2), Some.Item("d", 1)], 2, seen))
        );
    }

    [Fact]
    public void Without_seen_items_repeats_are_allowed() =>
        Assert.Equal("a", Ids(RankedItems.From([Some.Item("a", 1)], 1)));

    [Fact]
    public void A_limit_is_not_negative()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RankedItems.From([], -1));
        Assert.Empty(RankedItems.From([Some.Item("a", 1)], 0));
    }

    [Fact]
    public void A_test_keeps_the_order_and_fills_up_from_below()
    {
        var list = Some.List(Some.Item("a", 4), Some.Item("b", 3), Some.Item("c", 2), Some.Item("d", 1));

        Assert.Equal("b c", Ids(list.Where(item => item.ItemId != ItemId.Parse("a"), 2)));
    }

    [Fact]
    public void Lists_are_equal_by_what_they_hold_reasons_included()
    {
        Assert.Equal(Some.List(Some.Item("a", 1, "x", "y")), Some.List(Some.Item("a", 1, "x", "y")));
        Assert.Equal(Some.List(Some.Item("a", 1, "x")).GetHashCode(), Some.List(Some.Item("a", 1, "x")).GetHashCode());
        Assert.NotEqual(Some.List(Some.Item("a", 1, "x", "y")), Some.List(Some.Item("a", 1, "y", "x")));
        Assert.NotEqual(Some.List(Some.Item("a", 1)), Some.List(Some.Item("a", 2)));
        Assert.NotEqual(Some.List(Some.Item("a", 1)), RankedItems.None);
        Assert.False(RankedItems.None.Equals(new object()));
    }

    [Fact]
    public void The_algebra_of_lists_holds()
    {
        var item =
            from id in Gen.Choose(0, 30)
            from score in Gen.Choose(-5, 5)
            select Some.Item($"i{id}", score / 10.0);
        var cases =
            from count in Gen.Choose(0, 60)
            from items in item.ArrayOf(count)
            from shuffled in Gen.Shuffle(items)
            from limit in Gen.Choose(0, 40)
            from seen in Gen.Choose(0, 30).ArrayOf(8)
            select (
                Items: items,
                Shuffled: shuffled,
                Limit: limit,
                Seen: seen.Select(id => ItemId.Parse($"i{id}")).ToHashSet()
            );

        Always.Holds(cases, it =>
        {
            var list = RankedItems.From(it.Items, it.Limit, it.Seen);
            var expected = it.Items.Where(one => !it.Seen.Contains(one.ItemId)).GroupBy(one => one.ItemId)
                .Select(copies => (Id: copies.Key.Value, Score: copies.Max(one => one.Score.Value)))
                .OrderByDescending(one => one.Score).ThenBy(one => one.Id, StringComparer.Ordinal).Take(it.Limit);

            Assert.Equal(expected, list.Select(one => (one.ItemId.Value, one.Score.Value)));
            Assert.Equal(list, RankedItems.From(it.Shuffled, it.Limit, it.Seen));
            Assert.Equal(list, RankedItems.From(list, it.Limit));
            Assert.Equal(list, RankedItems.From(it.Items, 60, it.Seen).Where(_ => true, it.Limit));
            Assert.Equal(list, RankedItems.From(it.Items, 60, it.Seen).First(it.Limit));
            Assert.Equal(list, RankedItems.From(it.Items, 60).Where(one => !it.Seen.Contains(one.ItemId), it.Limit));
        });
    }

    private static string Ids(RankedItems list) => string.Join(' ', list.Select(item => item.ItemId));
}
