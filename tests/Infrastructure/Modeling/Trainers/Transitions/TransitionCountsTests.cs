using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Transitions;

namespace Recommendation.Modeling.Tests.Trainers.Transitions;

public class TransitionCountsTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.75, 0.25)]
    public void Transitions_are_those_of_the_formula(double source, double target)
    {
        var random = new Random(3);
        var interactions = Enumerable
            .Range(0, 300)
            .Select(_ =>
                Some.Interaction(
                    $"u{random.Next(20)}",
                    $"i{random.Next(15):00}",
                    random.Next(10) == 0 ? "dislike" : "view",
                    Some.Noon.AddMinutes(random.Next(60))
                )
            )
            .ToList();
        var histories = From(interactions);

        var transitions = new TransitionCounts(histories).Weights(new(source, target), 100, 2, CancellationToken.None);

        var expected = Naive(histories.Events, source, target);
        for (var i = 0; i < transitions.Items; i++)
        {
            for (var j = 0; j < transitions.Items; j++)
            {
                var at = transitions.ColumnsOf(i).IndexOf(j);
                Assert.Equal(
                    expected[i, j],
                    at < 0 ? 0 : (double)transitions.ValuesOf(i)[at] / transitions.Scale,
                    1e-3 * (expected[i, j] + 0.1)
                );
            }
        }
    }

    [Fact]
    public void The_way_forward_weighs_six_times_the_way_back()
    {
        var histories = From([
            Some.Interaction("u", "a", "view", Some.Noon),
            Some.Interaction("u", "b", "view", Some.Noon.AddMinutes(1)),
            Some.Interaction("v", "a"),
        ]);

        var transitions = new TransitionCounts(histories).Weights(new(0, 0), 10, 1, CancellationToken.None);

        Assert.Equal(1.2, (double)transitions.ValuesOf(0)[0] / transitions.Scale, 1e-3);
        Assert.Equal(0.2, (double)transitions.ValuesOf(1)[0] / transitions.Scale, 1e-3);
    }

    [Fact]
    public void A_user_who_repeats_two_items_counts_as_one_who_does_not()
    {
        var bot = Enumerable
            .Range(0, 200)
            .Select(at => Some.Interaction("bot", at % 2 == 0 ? "a" : "b", "view", Some.Noon.AddMinutes(at)));
        var users = new[] { "u", "v" }.SelectMany(user =>
            new[]
            {
                Some.Interaction(user, "a", at: Some.Noon),
                Some.Interaction(user, "c", at: Some.Noon.AddMinutes(1)),
            }
        );

        var transitions = new TransitionCounts(From([.. bot, .. users])).Weights(
            new(0, 0),
            10,
            1,
            CancellationToken.None
        );

        Assert.Equal([1, 2], transitions.ColumnsOf(0).ToArray());
        Assert.Equal(1.2, (double)transitions.ValuesOf(0)[0] / transitions.Scale, 1e-3);
        Assert.Equal(2 * 1.2, (double)transitions.ValuesOf(0)[1] / transitions.Scale, 1e-2);
    }

    [Fact]
    public void What_is_added_to_columns_is_in_every_row_that_has_any_but_not_at_its_own_item()
    {
        var rows = new ItemWeights([0, 2, 3, 3, 3], [1, 2, 0], [(Half)64, (Half)(-32), (Half)16], 16);

        var added = WeightMixture.WithAddends(rows, [0, 0.5f, 0, 3], 3);

        Assert.Equal([1, 2, 3], added.ColumnsOf(0).ToArray());
        Assert.Equal([4.5, -2, 3], added.ValuesOf(0).ToArray().Select(value => (double)value / added.Scale));
        Assert.Equal([0, 3], added.ColumnsOf(1).ToArray());
        Assert.Equal([1, 3], added.ValuesOf(1).ToArray().Select(value => (double)value / added.Scale));
        Assert.Equal(0, added.ColumnsOf(2).Length);
    }

    [Fact]
    public void A_mixture_keeps_the_largest_of_both_and_the_share_of_each()
    {
        var one = Rows([(1, 4), (2, 1)]);
        var other = WeightMixture.Scaled(Rows([(2, 8), (3, 1)]), one);

        var mixed = WeightMixture.Of(one, other, 0.25, 2);

        var norm = Math.Sqrt(17) / Math.Sqrt(65); // other has the size of one
        Assert.Equal([1, 2], mixed.ColumnsOf(0).ToArray());
        Assert.Equal(0.75 * 4, (double)mixed.ValuesOf(0)[0] / mixed.Scale, 1e-2);
        Assert.Equal((0.75 * 1) + (0.25 * 8 * norm), (double)mixed.ValuesOf(0)[1] / mixed.Scale, 1e-2);
    }

    private static ItemWeights Rows((int Column, double Value)[] first) =>
        new(
            [0, first.Length, first.Length, first.Length, first.Length],
            [.. first.Select(one => one.Column)],
            [.. first.Select(one => (Half)(one.Value * 16))],
            16
        );

    private static UserItemMatrix From(IEnumerable<Interaction> interactions) =>
        UserItemMatrix.From(Some.Events(interactions), 500, 5, double.PositiveInfinity, CancellationToken.None);

    private static double[,] Naive(TrainingEvents events, double source, double target)
    {
        var sums = new double[events.Items, events.Items];
        var counts = new double[events.Items];
        for (var user = 0; user < events.Users; user++)
        {
            var liked = events.Of(user).ToArray().Where(one => one.Weight > 0).ToArray();
            var times = liked.Select(one => one.Milliseconds).Distinct().Order().ToList();
            var own = new double[events.Items, events.Items];
            void Keep(int source, int target, double weight) =>
                own[source, target] = Math.Max(own[source, target], weight);
            foreach (var older in liked)
            {
                counts[older.Item]++;
                foreach (var newer in liked)
                {
                    var steps = times.IndexOf(newer.Milliseconds) - times.IndexOf(older.Milliseconds);
                    if (older.Item == newer.Item || steps is < 0 or > 20)
                        continue;
                    Keep(older.Item, newer.Item, steps == 0 ? 0.7 : 1.2 / steps);
                    // what is at the same time is met both ways round
                    Keep(newer.Item, older.Item, steps == 0 ? 0 : 0.2 / steps);
                }
            }
            for (var i = 0; i < events.Items; i++)
            {
                for (var j = 0; j < events.Items; j++)
                    sums[i, j] += own[i, j];
            }
        }
        for (var i = 0; i < events.Items; i++)
        {
            for (var j = 0; j < events.Items; j++)
                sums[i, j] *=
                    counts[i] == 0 || counts[j] == 0 ? 0 : Math.Pow(counts[i], -source) * Math.Pow(counts[j], -target);
        }
        return sums;
    }
}
