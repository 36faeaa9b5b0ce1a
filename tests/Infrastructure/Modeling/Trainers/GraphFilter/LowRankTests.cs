using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.Tests.Trainers.GraphFilter;

public class LowRankTests
{
    private static readonly SparseMatrix s_histories = UserItemMatrix
        .From(
            Some.Events(Some.TwoTastes(users: 120, items: 40, perUser: 12)),
            500,
            5,
            double.PositiveInfinity,
            CancellationToken.None
        )
        .Matrix;

    private static readonly ItemGraph s_graph = new(s_histories);

    [Fact]
    public void Its_vectors_are_orthonormal_and_span_the_leading_eigenspace()
    {
        var gram = NaiveModel.Gram(NaiveModel.Dense(s_histories));
        var lowRank = LowRank.Of(s_graph, 2, 2, CancellationToken.None)!;
        var projector = Dense.Projector(lowRank);

        Assert.Equal(2, Dense.Trace(projector), 1e-4);
        var twice = Dense.Multiply(projector, projector);
        // the trace of S over the subspace is the sum of its two greatest eigenvalues, found here by another way
        var eigenvalues = Eigenvalues(gram);
        Assert.Equal(eigenvalues[0] + eigenvalues[1], Dense.Trace(Dense.Multiply(projector, gram)), 1e-4);
        for (var i = 0; i < projector.GetLength(0); i++)
            Assert.Equal(projector[i, i], twice[i, i], 1e-4);
    }

    [Fact]
    public void It_does_not_depend_on_the_number_of_threads()
    {
        Assert.Equal(
            LowRank.Of(s_graph, 8, 1, CancellationToken.None)!.Values,
            LowRank.Of(s_graph, 8, 3, CancellationToken.None)!.Values
        );
    }

    [Fact]
    public void A_graph_with_next_to_no_items_has_none()
    {
        var tiny = UserItemMatrix
            .From(
                Some.Events(Some.TwoTastes(users: 4, items: 2)),
                500,
                5,
                double.PositiveInfinity,
                CancellationToken.None
            )
            .Matrix;

        Assert.Null(LowRank.Of(new ItemGraph(tiny), 64, 1, CancellationToken.None));
    }

    [Fact]
    public void Eigenvectors_of_a_symmetric_matrix_reproduce_it()
    {
        var gram = NaiveModel.Gram(NaiveModel.Dense(s_histories));
        var n = gram.GetLength(0);
        var vectors = SymmetricEigen.Leading(gram, n, CancellationToken.None);
        var v = new double[n, n];
        var transposed = new double[n, n];
        for (var i = 0; i < n * n; i++)
            v[i / n, i % n] = transposed[i % n, i / n] = vectors[i];
        var diagonal = Dense.Multiply(transposed, Dense.Multiply(gram, v));

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                Assert.Equal(i == j ? diagonal[i, i] : 0, diagonal[i, j], 1e-5);
            Assert.True(i == 0 || diagonal[i, i] <= diagonal[i - 1, i - 1] + 1e-5);
        }
        Assert.Equal(1, diagonal[0, 0], 1e-5);
    }

    [Fact]
    public void The_inverse_of_a_factor_makes_the_matrix_the_identity_but_for_directions_it_lacks()
    {
        double[,] m = { { 4, 2, 4 }, { 2, 5, 2 }, { 4, 2, 4 } };
        var inverse = Cholesky.InverseOfFactor(m);
        var r = new double[3, 3];
        for (var i = 0; i < 9; i++)
            r[i / 3, i % 3] = inverse[i];
        var transposed = new double[3, 3];
        for (var i = 0; i < 9; i++)
            transposed[i % 3, i / 3] = inverse[i];

        var product = Dense.Multiply(transposed, Dense.Multiply(m, r));

        Assert.Equal(1, product[0, 0], 1e-6);
        Assert.Equal(1, product[1, 1], 1e-6);
        Assert.Equal(0, product[0, 1], 1e-6);
        Assert.Equal(0, product[2, 2], 1e-6);
    }

    /// <summary>By deflated power iteration.</summary>
    private static double[] Eigenvalues(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var a = (double[,])matrix.Clone();
        var values = new double[2];
        for (var k = 0; k < 2; k++)
        {
            var x = Enumerable.Range(0, n).Select(i => 1d + ((i * 7) % 5)).ToArray();
            for (var step = 0; step < 400; step++)
            {
                var y = Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => a[i, j] * x[j])).ToArray();
                values[k] = Math.Sqrt(y.Sum(value => value * value));
                x = [.. y.Select(value => value / values[k])];
            }
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                    a[i, j] -= values[k] * x[i] * x[j];
            }
        }
        return values;
    }
}
