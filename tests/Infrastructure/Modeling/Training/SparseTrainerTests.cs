using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Tests.Training;

public class SparseTrainerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    public void Weights_are_those_of_the_formula(double beta)
    {
        var histories = Histories
            .From(Some.Events(Some.TwoTastes()), 500, 5, double.PositiveInfinity, CancellationToken.None)
            .Matrix;
        var expected = NaiveModel.Weights(NaiveModel.Dense(histories), beta);

        var weights = new SparseTrainer(new NormalisedGram(histories), beta, neighbours: 100, threads: 2).Train(
            _ => { },
            CancellationToken.None
        );

        Assert.Equal(histories.Columns, weights.Items);
        for (var i = 0; i < weights.Items; i++)
        {
            var row = RowOf(weights, i);
            for (var j = 0; j < weights.Items; j++)
                Assert.Equal(expected[i, j], row.GetValueOrDefault(j), Math.Max(1e-7, expected[i, j] * 1e-3));
        }
    }

    [Fact]
    public void A_row_keeps_its_largest_entries_and_not_its_own_item()
    {
        var histories = Histories
            .From(Some.Events(Some.TwoTastes()), 500, 5, double.PositiveInfinity, CancellationToken.None)
            .Matrix;
        var gram = new NormalisedGram(histories);
        var all = new SparseTrainer(gram, 0.3, neighbours: 100, threads: 1).Train(_ => { }, CancellationToken.None);

        var few = new SparseTrainer(gram, 0.3, neighbours: 4, threads: 2).Train(_ => { }, CancellationToken.None);

        for (var i = 0; i < few.Items; i++)
        {
            var expected = RowOf(all, i).OrderByDescending(entry => entry.Value).Take(4).Select(entry => entry.Value);
            Assert.Equal(expected, RowOf(few, i).Values.OrderDescending());
            Assert.DoesNotContain(i, few.ColumnsOf(i).ToArray());
        }
    }

    private static Dictionary<int, double> RowOf(ItemWeights weights, int item)
    {
        var row = new Dictionary<int, double>();
        for (var entry = weights.Offsets[item]; entry < weights.Offsets[item + 1]; entry++)
            row.Add(weights.Columns[entry], (double)weights.Values[entry] / weights.Scale);
        return row;
    }
}
