using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.Cooccurrence;
using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.Tests.Trainers.GraphFilter;

public class GraphFilterRowsTests
{
    private static readonly UserItemMatrix s_data = Some.Matrix(Some.TwoTastes(users: 150, items: 50, perUser: 12));
    private static readonly SparseMatrix s_histories = s_data.Matrix;

    [Theory]
    [InlineData(1, 0.3, 1, 0.2)]
    [InlineData(0.5, 0, 2, 0)]
    [InlineData(0.25, 0.45, 3, 0.5)]
    public void Weights_are_those_of_the_formula(double userExponent, double beta, double flatness, double share)
    {
        var graph = new ItemGraph(s_histories, userExponent);
        var lowRank = LowRank.Of(graph, 5, 2, CancellationToken.None);
        var parameters = new GraphFilterParameters(userExponent, beta, flatness, share);

        var weights = new GraphFilterRows(graph, lowRank, [parameters], 200, threads: 2).Make(
            _ => { },
            CancellationToken.None
        );

        var expected = Naive(parameters, lowRank!);
        for (var i = 0; i < weights.Items; i++)
        {
            for (var j = 0; j < weights.Items; j++)
            {
                var at = weights.ColumnsOf(i).IndexOf(j);
                var value = at < 0 ? 0 : (double)weights.ValuesOf(i)[at] / weights.Scale;
                Assert.Equal(i == j ? 0 : Math.Max(0, expected[i, j]), value, 2e-5 + (Math.Abs(expected[i, j]) * 1e-3));
            }
        }
    }

    [Fact]
    public void With_a_plain_filter_they_are_those_of_the_cooccurrence_trainer()
    {
        var parameters = new GraphFilterParameters(1, 0.3, 1, 0);
        var filtered = new GraphFilterRows(new ItemGraph(s_histories), null, [parameters], 10, threads: 2).Make(
            _ => { },
            CancellationToken.None
        );
        var sparse = new CooccurrenceTrainer(0.3).Train(s_data, Some.Run(10, threads: 1));

        Assert.Equal(sparse.Items, filtered.Items);
        for (var i = 0; i < sparse.Items; i++)
            Assert.Equal(Greatest(sparse, i), Greatest(filtered, i), 2e-3);
    }

    private static double Greatest(ItemWeights weights, int row) =>
        (double)weights.ValuesOf(row).ToArray().Max() / weights.Scale;

    private static double[,] Naive(GraphFilterParameters parameters, LowRank lowRank)
    {
        var dense = NaiveModel.Dense(s_histories);
        var gram = NaiveModel.Gram(dense, parameters.UserExponent);
        var n = gram.GetLength(0);
        var operand = Dense.Combine(gram, 2, Dense.Identity(n), -1);
        var (before, now) = (Dense.Identity(n), operand);
        var coefficients = ChebyshevFilter.Coefficients(parameters.Flatness);
        var filtered = Dense.Combine(before, coefficients[0], now, coefficients[1]);
        for (var k = 2; k < coefficients.Length; k++)
        {
            (before, now) = (now, Dense.Combine(Dense.Multiply(operand, now), 2, before, -1));
            filtered = Dense.Combine(filtered, 1, now, coefficients[k]);
        }
        var weights = Dense.Combine(filtered, 1, Dense.Projector(lowRank), parameters.LowRankShare);
        var degrees = NaiveModel.Degrees(dense);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                weights[i, j] *=
                    degrees[i] == 0 || degrees[j] == 0 ? 0 : Math.Pow(degrees[j] / degrees[i], parameters.Beta);
        }
        return weights;
    }
}
