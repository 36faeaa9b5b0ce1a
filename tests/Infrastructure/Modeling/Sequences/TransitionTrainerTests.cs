using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Sequences;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Tests.Sequences;

public class TransitionTrainerTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.75, 0.25)]
    public void Transitions_are_those_of_the_formula(double source, double target)
    {
        var random = new Random(3);
        var interactions = Enumerable.Range(0, 300).Select(_ => Some.Interaction(
            $"u{random.Next(20)}", $"i{random.Next(15):00}", random.Next(10) == 0 ? "dislike" : "view", Some.Noon.AddMinutes(random.Next(60)))).ToList();
        var histories = From(interactions);

        var transitions = new TransitionTrainer(histories).Train(new(source, target), 100, 2, CancellationToken.None);

        var expected = Naive(histories.Events, source, target);
        for (var i = 0; i < transitions.Items; i++)
        {
            for (var j = 0; j < transitions.Items; j++)
            {
                var at = transitions.ColumnsOf(i).IndexOf(j);
                Assert.Equal(expected[i, j], at < 0 ? 0 : (double)transitions.ValuesOf(i)[at] / transitions.Scale, 1e-3 * (expected[i, j] + 0.1));
            }
        }
    }

    [Fact]
    public void The_way_forward_weighs_six_times_the_way_back()
    {
        var histories = From([Some.Interaction("u", "a", "view", Some.Noon), Some.Interaction("u", "b", "view", Some.Noon.AddMinutes(1)), Some.Interaction("v", "a")]);

        var transitions = new TransitionTrainer(histories).Train(new(0, 0), 10, 1, CancellationToken.None);

        Assert.Equal(1.2, (double)transitions.ValuesOf(0)[0] / transitions.Scale, 1e-3);
        Assert.Equal(0.2, (double)transitions.ValuesOf(1)[0] / transitions.Scale, 1e-3);
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

    private static ItemWeights Rows((int Column, double Value)[] first) => new(
        [0, first.Length, first.Length, first.Length, first.Length], [.. first.Select(one => one.Column)], [.. first.Select(one => (Half)(one.Value * 16))], 16);

    private static Histories From(IEnumerable<Interaction> interactions) =>
        Histories.From(Some.Events(interactions), 500, 5, double.PositiveInfinity, CancellationToken.None);

    private static double[,] Naive(TrainingEvents events, double source, double target)
    {
        var sums = new double[events.Items, events.Items];
        var counts = new double[events.Items];
        for (var user = 0; user < events.Users; user++)
        {
            var liked = events.Of(user).ToArray().Where(one => one.Weight > 0).ToArray();
            var times = liked.Select(one => one.Milliseconds).Distinct().Order().ToList();
            foreach (var older in liked)
            {
                counts[older.Item]++;
                foreach (var newer in liked)
                {
                    var steps = times.IndexOf(newer.Milliseconds) - times.IndexOf(older.Milliseconds);
                    if (older.Item == newer.Item || steps is < 0 or > 20)
                        continue;
                    sums[older.Item, newer.Item] += steps == 0 ? 0.7 : 1.2 / steps;
                    sums[newer.Item, older.Item] += steps == 0 ? 0 : 0.2 / steps; // what is at the same time is met both ways round
                }
            }
        }
        for (var i = 0; i < events.Items; i++)
        {
            for (var j = 0; j < events.Items; j++)
                sums[i, j] *= counts[i] == 0 || counts[j] == 0 ? 0 : Math.Pow(counts[i], -source) * Math.Pow(counts[j], -target);
        }
        return sums;
    }
}
