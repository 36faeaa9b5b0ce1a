using Recommendation.Modeling.Factors;
using Recommendation.Modeling.Search;
using Recommendation.Modeling.Spectral;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Tests.Factors;

public sealed class FactorTrainerTests
{
    private const int Width = 64;

    private static readonly Histories s_histories =
        Histories.From(Some.Events(Some.TwoTastes(users: 300, items: 60, perUser: 10)), 500, 5, double.PositiveInfinity, CancellationToken.None);

    private static readonly LowRank s_start = LowRank.Of(new ItemGraph(s_histories.Matrix), 8, 1, CancellationToken.None)!;

    [Fact]
    public void Items_of_one_taste_find_each_other()
    {
        var factors = Train(threads: 2);
        var names = s_histories.Events.ItemIds;
        var (same, other) = (new List<double>(), new List<double>());
        for (var one = 0; one < names.Length; one++)
        {
            for (var two = 0; two < names.Length; two++)
            {
                if (one != two)
                    (names[one][0] == names[two][0] ? same : other).Add(Product(factors, one, two));
            }
        }
        Assert.True(same.Average() > 0 && other.Average() < 0, $"{same.Average()} within a taste, {other.Average()} between them");
    }

    [Fact]
    public void The_same_data_give_the_same_factors_whatever_the_threads()
    {
        var (one, other) = (Train(threads: 1), Train(threads: 4));
        Assert.Equal(one.Sources, other.Sources);
        Assert.Equal(one.Targets, other.Targets);
    }

    [Fact]
    public void Targets_have_nothing_in_common()
    {
        foreach (var plane in Train(threads: 2).Targets)
        {
            for (var at = 0; at < Width; at++)
                Assert.Equal(0, Enumerable.Range(0, s_histories.Matrix.Columns).Sum(item => (double)plane[(item * Width) + at]), 1e-3);
        }
    }

    [Fact]
    public void Training_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        var trainer = new FactorTrainer(s_histories.Matrix, s_start, Options, 2);
        Assert.Throws<OperationCanceledException>(() => trainer.Train(_ => stop.Cancel(), stop.Token));
    }

    [Fact]
    public void Rows_are_those_of_the_sum_and_empty_ones_stay_empty()
    {
        var factors = Train(threads: 2);
        var all = new SparseTrainer(new NormalisedGram(s_histories.Matrix), 0.3, 500, 2).Train(_ => { }, CancellationToken.None);
        int[] some = [.. Enumerable.Range(0, 70)];
        var weights = new ItemWeights(all.Offsets[..71], all.Columns, all.Values, all.Scale).Among(some, all.Items);

        var added = new FactorRows(factors, 500, 2).Add(weights, [0.5, 1], _ => { }, CancellationToken.None);

        var size = (Value(added[0], 0, added[0].ColumnsOf(0)[0]) - Value(weights, 0, added[0].ColumnsOf(0)[0])) / Product(factors, 0, added[0].ColumnsOf(0)[0]);
        foreach (var (share, rows) in new[] { (1, added[0]), (2, added[1]) })
        {
            foreach (var item in some.Where(item => !weights.ValuesOf(item).IsEmpty))
            {
                for (var other = 0; other < all.Items; other++)
                {
                    var sum = other == item ? 0 : Value(weights, item, other) + (share * size * Product(factors, item, other));
                    Assert.Equal(Math.Max(0, sum), Value(rows, item, other), 2e-3);
                }
            }
            for (var item = 70; item < all.Items; item++)
                Assert.True(rows.ValuesOf(item).IsEmpty);
        }
    }

    [Fact]
    public void Only_the_greatest_of_a_row_are_kept()
    {
        var weights = new SparseTrainer(new NormalisedGram(s_histories.Matrix), 0.3, 500, 2).Train(_ => { }, CancellationToken.None);
        var whole = new FactorRows(Train(threads: 2), 500, 2).Add(weights, [1], _ => { }, CancellationToken.None)[0];
        var cut = new FactorRows(Train(threads: 2), 7, 2).Add(weights, [1], _ => { }, CancellationToken.None)[0];
        for (var item = 0; item < weights.Items; item++)
            Assert.Equal(whole.ValuesOf(item).ToArray().OrderDescending().Take(7), cut.ValuesOf(item).ToArray().OrderDescending());
    }

    [Theory]
    [InlineData(999, 500, null)]
    [InlineData(1_000, 499, null)]
    [InlineData(1_000, 500, 40)]
    [InlineData(300_000, 500, 10)]
    [InlineData(2_000_000, 500, 3)]
    public void Few_data_are_not_learned_from_and_very_many_users_are_looked_at_less_often(int users, int items, int? epochs) =>
        Assert.Equal(epochs, FactorOptions.For(new SparseMatrix(items, new int[users + 1], [], []))?.Epochs);

    [Fact]
    public void Factors_that_find_nothing_more_are_left_out()
    {
        var random = new Random(5);
        var noise = Enumerable.Range(0, 1_200).SelectMany(user => Enumerable.Range(0, 8)
            .Select(_ => Some.Interaction($"u{user}", $"i{random.Next(600)}"))).ToArray();
        var split = ValidationSplit.Of(
            Histories.From(Some.Events(noise), 500, 5, double.PositiveInfinity, CancellationToken.None), 400, allowRepeats: false, CancellationToken.None);
        var options = new ModelTrainerOptions { NeighboursPerItem = 50, Threads = 2 };
        var graph = new ItemGraph(split.Remaining.Matrix);
        var sparse = new WeightChoice(WeightParameters.Default, 0.5, graph, LowRank.Of(graph, 16, 2, CancellationToken.None));
        var weights = new SparseTrainer(new NormalisedGram(split.Remaining.Matrix), 0.3, 50, 2).Train(_ => { }, CancellationToken.None);

        var learned = new FactorSearch(split, sparse, options, CancellationToken.None).Run(weights, 400, _ => { });

        Assert.Equal((0, 0.5), (learned.Share, learned.Ndcg));
        Assert.Same(weights, learned.Added(weights));
    }

    private static FactorOptions Options => new() { Epochs = 15, Negatives = 50 };

    private static ItemFactors Train(int threads) => new FactorTrainer(s_histories.Matrix, s_start, Options, threads).Train(_ => { }, CancellationToken.None);

    private static double Product(ItemFactors factors, int source, int target) => Enumerable.Range(0, factors.Sources.Length).Sum(plane =>
        Enumerable.Range(0, Width).Sum(at => (double)factors.Sources[plane][(source * Width) + at] * factors.Targets[plane][(target * Width) + at]));

    private static double Value(ItemWeights weights, int item, int other) =>
        weights.ColumnsOf(item).IndexOf(other) is >= 0 and var at ? (double)weights.ValuesOf(item)[at] / weights.Scale : 0;
}
