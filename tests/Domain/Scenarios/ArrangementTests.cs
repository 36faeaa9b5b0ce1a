using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Domain.Tests.Scenarios;

public sealed class ArrangementTests
{
    private static readonly Dictionary<int, Candidate> s_noPins = [];

    [Fact]
    public void Without_rules_the_best_come_first() =>
        Assert.Equal(
            ["c", "a", "b"],
            Ids(Arrange([Of("a", 2), Of("b", 1), Of("c", 3), Of("d", 0)], s_noPins, [], null, 3)));

    [Fact]
    public void Equal_scores_keep_their_order_and_blocks_come_one_after_the_other() =>
        Assert.Equal(
            ["b", "a", "popular"],
            Ids(Arrange([Of("b", 1), Of("a", 1), Of("popular", 9, block: 1)], s_noPins, [], null, 3)));

    [Fact]
    public void A_pin_stands_at_its_place_and_nowhere_else()
    {
        var list = Arrange(
            [Of("a", 3), Of("b", 2), Of("c", 1)], new Dictionary<int, Candidate> { [1] = Of("c", 1) }, [], null, 3);
        Assert.Equal(["a", "c", "b"], Ids(list));
        Assert.Equal(["pin"], list[1].Rules);
    }

    [Fact]
    public void A_list_ends_before_the_place_of_a_pin_that_it_does_not_reach() =>
        Assert.Equal(["a"], Ids(Arrange(
            [Of("a", 3)], new Dictionary<int, Candidate> { [4] = Of("p", 1) }, [], null, 10)));

    [Fact]
    public void A_promotion_gets_its_share_spread_over_the_list()
    {
        var candidates = Many(20).Concat(Enumerable.Range(0, 20).Select(n => Of($"p{n}", -n, promotion: 0))).ToList();
        var list = Arrange(candidates, s_noPins, [0.2], null, 10);
        Assert.Equal(["p0", "p1"], Ids(list).Where(id => id[0] == 'p'));
        Assert.Equal([4, 9], list.Index().Where(one => one.Item.Promotion == 0).Select(one => one.Index));
        Assert.Equal(["promotion 1"], list[4].Rules);
    }

    [Fact]
    public void A_promotion_gets_no_more_than_its_share_however_well_its_items_rank()
    {
        var candidates = Many(20)
            .Concat(Enumerable.Range(0, 20).Select(n => Of($"p{n}", 100 - n, promotion: 0)))
            .ToList();
        Assert.Equal(3, Arrange(candidates, s_noPins, [0.3], null, 10).Count(one => one.Promotion == 0));
    }

    [Fact]
    public void The_limits_hold_in_every_list_where_enough_items_exist()
    {
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var count = random.Next(1, 25);
            var diversity = random.Next(3) == 0 ? null : new Diversity("by", random.Next(1, 4), random.Next(1, 8));
            double[] shares = random.Next(2) == 0 ? [] : [random.NextDouble() / 2, random.NextDouble() / 2];
            // Enough: 30 items of each pool, of 30 values.
            var candidates = Enumerable.Range(0, 30 * (shares.Length + 1) * 3).Select(n => Of(
                $"i{n}", random.Next(50), random.Next(2), n % (shares.Length + 1) is var pool && pool < shares.Length
                    ? pool : null, $"v{n / 3 % 30}")).ToList();
            var pins = random.Next(2) == 0 ? s_noPins : new Dictionary<int, Candidate>
            {
                [random.Next(count)] = candidates[random.Next(candidates.Count)],
            };

            var list = Arrange(candidates, pins, shares, diversity, count);

            Assert.Equal(count, list.Count);
            Assert.Equal(count, Ids(list).Distinct().Count());
            Assert.All(pins, pin => Assert.Equal(pin.Value.Item.ItemId, list[pin.Key].Item.ItemId));
            Assert.All(shares.Index(), share => Assert.Equal(
                Math.Max((int)Math.Floor((share.Item * count) + 1e-9),
                    pins.Count(pin => pin.Value.Promotion == share.Index)),
                list.Count(one => one.Promotion == share.Index)));
            if (diversity is not null)
                AssertDiverse(list, diversity);
        }
    }

    [Fact]
    public void A_list_is_filled_where_diversity_leaves_no_other_item() =>
        Assert.Equal(
            ["a", "b"],
            Ids(Arrange(
                [Of("a", 2, value: "x"), Of("b", 1, value: "x")], s_noPins, [], new Diversity("by", 1, 5), 2)));

    [Theory]
    [InlineData(2, 1.5, 0.5, 3.5)]
    [InlineData(-2, 2d, null, -1)]
    [InlineData(-2, 0d, null, -2)]
    [InlineData(2, null, -3d, -1)]
    public void A_boost_multiplies_and_adds(double score, double? multiply, double? add, double boosted) =>
        Assert.Equal(boosted, new Boost("true", multiply, add).ApplyTo(score), 12);

    private static void AssertDiverse(IReadOnlyList<Candidate> list, Diversity diversity)
    {
        for (var first = 0; first < list.Count; first++)
        {
            var most = list.Skip(first).Take(diversity.Window!.Value).SelectMany(one => one.Values)
                .GroupBy(value => value).Max(values => values.Count());
            Assert.InRange(most, 0, diversity.Max!.Value);
        }
    }

    private static IReadOnlyList<Candidate> Arrange(
        IReadOnlyCollection<Candidate> candidates, IReadOnlyDictionary<int, Candidate> pins, double[] shares,
        Diversity? diversity, int count) => Arrangement.Of(candidates, pins, shares, diversity, count).Items;

    private static IEnumerable<Candidate> Many(int count) =>
        Enumerable.Range(0, count).Select(n => Of($"i{n}", 50 - n));

    private static Candidate Of(
        string id, double score, int block = 0, int? promotion = null, string? value = null) =>
        new(new RankedItem(ItemId.Parse(id), Score.Of(score)), block, promotion, value is null ? [] : [value], []);

    private static IEnumerable<string> Ids(IEnumerable<Candidate> list) => list.Select(one => one.Item.ItemId.Value);
}
