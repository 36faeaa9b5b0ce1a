using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.Cooccurrence;

namespace Recommendation.Modeling.Tests.Trainers.Cooccurrence;

public class CooccurrenceTrainerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    public void Weights_are_those_of_the_formula(double beta)
    {
        var data = Some.Matrix(Some.TwoTastes());
        var expected = NaiveModel.Weights(NaiveModel.Dense(data.Matrix), beta);

        var weights = new CooccurrenceTrainer(beta).Train(data, Some.Run(100));

        Assert.Equal(data.Matrix.Columns, weights.Items);
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
        var data = Some.Matrix(Some.TwoTastes());
        var all = new CooccurrenceTrainer(0.3).Train(data, Some.Run(100, threads: 1));

        var few = new CooccurrenceTrainer(0.3).Train(data, Some.Run(4, threads: 2));

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
