namespace Recommendation.Benchmarks.Models;

/// <summary>The kernels as one would first write them down.</summary>
internal static class NaiveKernels
{
    /// <summary>The first columns of M · M.</summary>
    public static float[] Product(float[] matrix, int n, int columns)
    {
        var target = new float[n * columns];
        for (var row = 0; row < n; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var sum = 0f;
                for (var k = 0; k < n; k++)
                    sum += matrix[(row * n) + k] * matrix[(k * n) + column];
                target[(row * columns) + column] = sum;
            }
        }
        return target;
    }

    /// <summary>The inverse of a leading block, by Gauss and Jordan.</summary>
    public static double[,] Inverse(float[] matrix, int n, int side)
    {
        var a = new double[side, side];
        for (var i = 0; i < side * side; i++)
            a[i / side, i % side] = matrix[(i / side * n) + (i % side)];
        for (var pivot = 0; pivot < side; pivot++)
        {
            var reciprocal = 1 / a[pivot, pivot];
            a[pivot, pivot] = 1;
            for (var j = 0; j < side; j++)
                a[pivot, j] *= reciprocal;
            for (var i = 0; i < side; i++)
            {
                if (i == pivot)
                    continue;
                var factor = a[i, pivot];
                a[i, pivot] = 0;
                for (var j = 0; j < side; j++)
                    a[i, j] -= factor * a[pivot, j];
            }
        }
        return a;
    }
}
