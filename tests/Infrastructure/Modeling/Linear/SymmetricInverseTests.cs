using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Tests.Linear;

public class SymmetricInverseTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(128)]
    [InlineData(300)]
    public void A_matrix_times_its_inverse_is_the_identity(int n)
    {
        var (matrix, side) = Positive(n);
        var inverse = (float[])matrix.Clone();
        SymmetricInverse.Invert(inverse, side, 2, _ => { }, CancellationToken.None);

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var product = 0d;
                for (var k = 0; k < n; k++)
                    product += (double)matrix[(i * side) + k] * inverse[(k * side) + j];
                Assert.Equal(i == j ? 1 : 0, product, 2e-4);
            }
        }
    }

    [Fact]
    public void It_does_not_depend_on_the_number_of_threads()
    {
        var (one, side) = Positive(400);
        var many = (float[])one.Clone();
        SymmetricInverse.Invert(one, side, 1, _ => { }, CancellationToken.None);
        SymmetricInverse.Invert(many, side, 3, _ => { }, CancellationToken.None);

        Assert.Equal(one, many);
    }

    /// <summary>AᵀA + 1, padded.</summary>
    private static (float[] Matrix, int Side) Positive(int n)
    {
        var random = new Random(n);
        var a = new double[n, n];
        for (var i = 0; i < n * n; i++)
            a[i / n, i % n] = random.NextDouble() - 0.5;
        var side = SymmetricInverse.Padded(n);
        var matrix = new float[side * side];
        for (var i = 0; i < side; i++)
        {
            matrix[(i * side) + i] = 1;
            for (var j = 0; j < side && i < n && j < n; j++)
            {
                for (var k = 0; k < n; k++)
                    matrix[(i * side) + j] += (float)(a[k, i] * a[k, j] / n);
            }
        }
        return (matrix, side);
    }
}
