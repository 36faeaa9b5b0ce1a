using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.SampledSoftmax;

namespace Recommendation.Modeling.Tests.Trainers.SampledSoftmax;

public sealed class FactorEnsembleTests
{
    [Fact]
    public void Items_of_one_taste_find_each_other() => AssertTastes(FactorSome.Train(threads: 2));

    [Fact]
    public void The_same_data_give_the_same_factors_whatever_the_threads()
    {
        var (one, other) = (FactorSome.Train(threads: 1), FactorSome.Train(threads: 4));
        Assert.Equal(one.Sources, other.Sources);
        Assert.Equal(one.Targets, other.Targets);
    }

    [Fact]
    public void Each_member_learns_something_else()
    {
        var factors = FactorSome.Train(threads: 2);
        Assert.Equal(FactorSome.Options.Members * FactorSome.Options.Planes, factors.Sources.Length);
        Assert.NotEqual(factors.Sources[0], factors.Sources[FactorSome.Options.Planes]);
        Assert.NotEqual(factors.Targets[0], factors.Targets[FactorSome.Options.Planes]);
    }

    [Fact]
    public void What_has_learned_goes_on_from_there_with_a_third_of_the_passes()
    {
        var ensemble = FactorSome.NewEnsemble();
        var (first, later) = (new List<double>(), new List<double>());
        var before = ensemble.Train(FactorSome.Data.Matrix, 2, first.Add, CancellationToken.None);
        var kept = (float[])before.Sources[0].Clone();

        var after = ensemble.Train(FactorSome.Data.Matrix, 2, later.Add, CancellationToken.None);

        Assert.Equal((30, 10), (first.Count, later.Count));
        Assert.Equal(kept, before.Sources[0]); // what was given out does not move
        Assert.InRange(Cosine(before.Sources[0], after.Sources[0]), 0.9, 0.99999);
        AssertTastes(after);
    }

    [Fact]
    public void Targets_have_nothing_in_common()
    {
        foreach (var plane in FactorSome.Train(threads: 2).Targets)
        {
            for (var at = 0; at < FactorSome.Width; at++)
                Assert.Equal(
                    0,
                    Enumerable
                        .Range(0, FactorSome.Data.Matrix.Columns)
                        .Sum(item => (double)plane[(item * FactorSome.Width) + at]),
                    1e-3
                );
        }
    }

    [Fact]
    public void Training_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() =>
            FactorSome.NewEnsemble().Train(FactorSome.Data.Matrix, 2, _ => stop.Cancel(), stop.Token)
        );
    }

    [Theory]
    [InlineData(499, 500, null)]
    [InlineData(500, 499, null)]
    [InlineData(500, 500, 30)]
    [InlineData(300_000, 500, 5)]
    [InlineData(2_000_000, 500, 3)]
    public void Few_data_are_not_learned_from_and_very_many_users_are_looked_at_less_often(
        int users,
        int items,
        int? epochs
    ) => Assert.Equal(epochs, FactorOptions.For(new SparseMatrix(items, new int[users + 1], [], []))?.Epochs);

    [Fact]
    public void Popularity_priors_are_powers_of_how_an_item_compares_with_the_mean()
    {
        var prior = ItemFactors.PopularityPrior([1, 4, 16, 0, 4], 0.5); // the mean is 5
        float[] expected = [MathF.Sqrt(0.2f), MathF.Sqrt(0.8f), MathF.Sqrt(3.2f), 0, MathF.Sqrt(0.8f)];
        for (var item = 0; item < expected.Length; item++)
            Assert.Equal(expected[item], prior[item], 1e-6);
        Assert.All(ItemFactors.PopularityPrior([1, 4, 16], 0), value => Assert.Equal(1, value));
    }

    [Fact]
    public void A_favoured_item_is_found_more()
    {
        var factors = FactorSome.Train(threads: 2);
        var prior = Enumerable.Range(0, factors.Items).Select(item => item == 3 ? 2f : 1).ToArray();
        var weighted = factors.WithPrior(prior);
        Assert.Equal(2 * FactorSome.Product(factors, 1, 3), FactorSome.Product(weighted, 1, 3), 1e-9);
        Assert.Equal(FactorSome.Product(factors, 1, 4), FactorSome.Product(weighted, 1, 4), 1e-9);
    }

    private static void AssertTastes(ItemFactors factors)
    {
        var names = FactorSome.Data.Events.ItemIds;
        var (same, other) = (new List<double>(), new List<double>());
        for (var one = 0; one < names.Length; one++)
        {
            for (var two = 0; two < names.Length; two++)
            {
                if (one != two)
                    (names[one][0] == names[two][0] ? same : other).Add(FactorSome.Product(factors, one, two));
            }
        }
        Assert.True(
            same.Average() > 0 && other.Average() < 0,
            $"{same.Average()} within a taste, {other.Average()} between them"
        );
    }

    private static double Cosine(float[] one, float[] other) =>
        System.Numerics.Tensors.TensorPrimitives.CosineSimilarity<float>(one, other);
}
