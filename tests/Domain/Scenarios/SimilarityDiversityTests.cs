using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Domain.Tests.Scenarios;

/// <summary>Diversity by the similarity of the model: maximal marginal relevance.</summary>
public sealed class SimilarityDiversityTests
{
    private static readonly Dictionary<int, Candidate> s_noPins = [];

    [Fact]
    public void What_is_like_an_item_of_the_list_comes_later_and_says_so()
    {
        var list = Arrange([Of("a", 1), Of("a2", 0.9), Of("b", 0.8)], 0.5, 3, ("a", "a2", 1));

        Assert.Equal(["a", "b", "a2"], list.Select(one => one.Item.ItemId.Value));
        Assert.Equal([[], [], ["diversity: similarity"]], list.Select(one => one.Rules));
    }

    [Fact]
    public void A_small_weight_keeps_the_order_where_scores_differ_more_than_similarities() => Assert.Equal(
        ["a", "a2", "b"],
        Arrange([Of("a", 1), Of("a2", 0.9), Of("b", 0.1)], 0.2, 3, ("a", "a2", 1))
            .Select(one => one.Item.ItemId.Value));

    [Fact]
    public void Pins_count_wherever_they_stand() => Assert.Equal(
        ["b", "a2", "a"],
        Arrangement.Of(
            [Of("a2", 1), Of("b", 0.9)],
            new Dictionary<int, Candidate> { [2] = Of("a", 0) },
            [],
            new Diversity(Similarity: 0.5),
            3,
            similarities: Pairs(("a", "a2", 1))).Items.Select(one => one.Item.ItemId.Value));

    [Fact]
    public void Each_place_has_what_is_worth_most_beside_the_items_before_it()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var (count, weight) = (random.Next(1, 20), random.NextDouble());
            var candidates = Enumerable.Range(0, random.Next(1, 60))
                .Select(n => Of($"i{n:00}", random.Next(-5, 50), block: random.Next(2))).ToList();
            var pairs = new ItemSimilarities();
            for (var pair = 0; pair < candidates.Count * 2; pair++)
                pairs.Add(Any().Item.ItemId, Any().Item.ItemId, random.NextDouble());

            var list = Arrangement.Of(
                candidates, s_noPins, [], new(Similarity: weight), count, similarities: pairs).Items;

            Assert.Equal(Math.Min(count, candidates.Count), list.Count);
            var left = candidates.ToDictionary(one => one.Item.ItemId);
            for (var place = 0; place < list.Count; place++)
            {
                var block = left.Values.Min(one => one.Block);
                Assert.Equal(block, list[place].Block);
                var best = left.Values.Where(one => one.Block == block).Max(Worth);
                Assert.Equal(best, Worth(list[place]), 12);
                left.Remove(list[place].Item.ItemId);

                double Worth(Candidate one)
                {
                    var greatest = candidates.Where(other => other.Block == one.Block)
                        .Max(other => Math.Abs(other.Item.Score.Value));
                    var nearest = list.Take(place)
                        .Select(other => pairs.Of(other.Item.ItemId).GetValueOrDefault(one.Item.ItemId))
                        .DefaultIfEmpty().Max();
                    return ((1 - weight) * (greatest > 0 ? one.Item.Score.Value / greatest : 0)) - (weight * nearest);
                }
            }

            Candidate Any() => candidates[random.Next(candidates.Count)];
        }
    }

    [Fact]
    public void Limits_and_shares_hold_beside_it()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var count = random.Next(1, 25);
            var candidates = Enumerable.Range(0, 180).Select(n => Of(
                $"i{n}", random.Next(50), random.Next(2), n % 2 == 0 ? 0 : null, $"v{n / 2 % 30}")).ToList();
            var pairs = new ItemSimilarities();
            for (var pair = 0; pair < 400; pair++)
                pairs.Add(candidates[random.Next(180)].Item.ItemId, candidates[random.Next(180)].Item.ItemId, 0.5);

            var list = Arrangement.Of(
                candidates, s_noPins, [0.3], new Diversity("by", 2, 5, random.NextDouble()), count,
                similarities: pairs);

            Assert.Equal(count, list.Items.Count);
            Assert.Equal((int)Math.Floor((0.3 * count) + 1e-9), list.Items.Count(one => one.Promotion == 0));
            for (var first = 0; first < count; first++)
            {
                var values = list.Items.Skip(first).Take(5).SelectMany(one => one.Values);
                Assert.InRange(values.GroupBy(value => value).Max(value => value.Count()), 0, 2);
            }
        }
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_similarity_is_from_0_to_1(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new ItemSimilarities().Add(ItemId.Parse("a"), ItemId.Parse("b"), value));

    private static IReadOnlyList<Candidate> Arrange(
        Candidate[] candidates, double weight, int count, params (string, string, double)[] pairs) =>
        Arrangement.Of(
            candidates, s_noPins, [], new Diversity(Similarity: weight), count, similarities: Pairs(pairs)).Items;

    private static ItemSimilarities Pairs(params (string One, string Other, double Value)[] pairs)
    {
        var similarities = new ItemSimilarities();
        foreach (var (one, other, value) in pairs)
            similarities.Add(ItemId.Parse(one), ItemId.Parse(other), value);
        return similarities;
    }

    private static Candidate Of(
        string id, double score, int block = 0, int? promotion = null, string? value = null) =>
        new(new RankedItem(ItemId.Parse(id), Score.Of(score)), block, promotion, value is null ? [] : [value], []);
}
