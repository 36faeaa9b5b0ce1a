using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.Ease;

namespace Recommendation.Modeling.Tests.Trainers.Ease;

public class EaseSolverTests
{
    private static readonly SparseMatrix s_histories = UserItemMatrix
        .From(
            Some.Events(Some.TwoTastes(users: 150, items: 50, perUser: 12)),
            500,
            5,
            double.PositiveInfinity,
            CancellationToken.None
        )
        .Matrix;

    [Theory]
    [InlineData(true, 0.05, 0.25)]
    [InlineData(true, 0.2, 0)]
    [InlineData(false, 50, 0.5)]
    public void Weights_are_those_of_the_formula(bool normalised, double lambda, double exponent)
    {
        var trainer = new EaseSolver(s_histories, neighbours: 1000, threads: 2);
        var inverse = trainer.Invert(normalised, lambda, _ => { }, CancellationToken.None);
        var weights = trainer.Weights(inverse, new(normalised, lambda, exponent), CancellationToken.None);

        var expected = Naive(normalised, lambda, exponent);
        var greatest = expected.Cast<double>().Max(Math.Abs);
        for (var i = 0; i < weights.Items; i++)
        {
            for (var j = 0; j < weights.Items; j++)
            {
                var at = weights.ColumnsOf(i).IndexOf(j);
                var value = at < 0 ? 0 : (double)weights.ValuesOf(i)[at] / weights.Scale;
                Assert.Equal(expected[i, j], value, greatest * 1e-3);
            }
        }
    }

    [Fact]
    public void A_row_keeps_its_greatest_entries_by_magnitude()
    {
        var parameters = new EaseParameters(true, 0.05, 0.25);
        var all = new EaseSolver(s_histories, neighbours: 1000, threads: 1);
        var inverse = all.Invert(true, 0.05, _ => { }, CancellationToken.None);
        var whole = all.Weights(inverse, parameters, CancellationToken.None);
        var cut = new EaseSolver(s_histories, neighbours: 5, threads: 2).Weights(
            inverse,
            parameters,
            CancellationToken.None
        );

        for (var i = 0; i < cut.Items; i++)
        {
            var expected = whole.ValuesOf(i).ToArray().Select(Half.Abs).OrderDescending().Take(5);
            Assert.Equal(expected, cut.ValuesOf(i).ToArray().Select(Half.Abs).OrderDescending());
        }
        Assert.Contains(cut.Values, value => value < (Half)0);
    }

    /// <summary>EASE with a plain Gauss–Jordan inversion.</summary>
    private static double[,] Naive(bool normalised, double lambda, double exponent)
    {
        var x = NaiveModel.Dense(s_histories);
        var degrees = NaiveModel.Degrees(x);
        var n = degrees.Length;
        var gram = normalised ? NaiveModel.Gram(x) : new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n && !normalised; j++)
                gram[i, j] = Enumerable.Range(0, x.GetLength(0)).Sum(user => x[user, i] * x[user, j]);
            gram[i, i] += lambda;
        }
        var p = Invert(gram);
        var weights = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                if (i != j && degrees[i] > 0 && degrees[j] > 0)
                    weights[i, j] =
                        (normalised ? Math.Pow(degrees[i], -0.5) : 1)
                        * -p[i, j]
                        / p[j, j]
                        * Math.Pow(degrees[j], exponent);
            }
        }
        return weights;
    }

    private static double[,] Invert(double[,] a)
    {
        var n = a.GetLength(0);
        var inverse = new double[n, n];
        for (var i = 0; i < n; i++)
            inverse[i, i] = 1;
        for (var pivot = 0; pivot < n; pivot++)
        {
            var scale = a[pivot, pivot];
            for (var j = 0; j < n; j++)
                (a[pivot, j], inverse[pivot, j]) = (a[pivot, j] / scale, inverse[pivot, j] / scale);
            for (var i = 0; i < n; i++)
            {
                var factor = a[i, pivot];
                for (var j = 0; j < n && i != pivot; j++)
                    (a[i, j], inverse[i, j]) = (
                        a[i, j] - (factor * a[pivot, j]),
                        inverse[i, j] - (factor * inverse[pivot, j])
                    );
            }
        }
        return inverse;
    }
}
