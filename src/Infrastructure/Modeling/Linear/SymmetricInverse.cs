namespace Recommendation.Modeling.Linear;

/// <summary>
/// Inverts symmetric positive definite matrices in place by block-wise sweeps (Goodnight 1979): for each block of
/// pivots K, <c>A_II -= A_IK D⁻¹ A_KI</c>, <c>A_KI = D⁻¹ A_KI</c>, <c>A_KK = -D⁻¹</c>, where D = A_KK; after all of
/// them A is minus its inverse. Only the lower triangle is worked on: n³/2 multiplications, as with Cholesky's factor,
/// and nearly all of them in one kernel.
/// </summary>
internal static class SymmetricInverse
{
    private const int Pivots = 128;
    private const int Width = BlockProduct.Width;

    /// <summary>The length to which a matrix must be padded (with ones on the diagonal).</summary>
    public static int Padded(int n) => (n + Pivots - 1) / Pivots * Pivots;

    /// <param name="a">By rows; only the lower triangle is read, both are written.</param>
    /// <param name="n">The side, a multiple of 128; see <see cref="Padded"/>.</param>
    /// <param name="threads">The maximum number of threads. The result does not depend on it.</param>
    /// <param name="progress">Receives the completed fraction.</param>
    /// <param name="cancellationToken">Checked before each block of pivots.</param>
    public static void Invert(
        float[] a,
        int n,
        int threads,
        Action<double> progress,
        CancellationToken cancellationToken
    )
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        var columns = new float[n * Pivots];
        var solved = new float[n * Pivots];
        for (var pivot = 0; pivot < n; pivot += Pivots)
        {
            var inverse = SmallInverse.Of(a, n, pivot, Pivots);
            Gather(a, n, pivot, columns);
            Parallel.For(0, n / Width, options, panel => Solve(inverse, columns, panel, solved));
            var start = pivot;
            Parallel.For(0, n / Pivots, options, block =>
            {
                if (block * Pivots != start)
                    Update(a, n, block * Pivots, start, columns, solved);
            });
            Scatter(a, n, pivot, inverse, solved);
            progress((pivot + Pivots) / (double)n);
        }
        Parallel.For(0, n, options, row =>
        {
            for (var column = 0; column <= row; column++)
                a[(column * n) + row] = a[(row * n) + column] = -a[(row * n) + column];
        });
    }

    /// <summary>The pivots' columns as n rows of 128, from the lower triangle.</summary>
    private static void Gather(float[] a, int n, int pivot, float[] columns)
    {
        for (var row = 0; row < n; row++)
        {
            for (var k = 0; k < Pivots; k++)
            {
                var (high, low) = (Math.Max(row, pivot + k), Math.Min(row, pivot + k));
                columns[(row * Pivots) + k] = a[(high * n) + low];
            }
        }
    }

    /// <summary>D⁻¹ A_KI for 64 columns, as a block of 128 rows of 64.</summary>
    private static void Solve(float[] inverse, float[] columns, int panel, float[] solved)
    {
        var right = new float[Pivots * Width];
        for (var column = 0; column < Width; column++)
        {
            for (var k = 0; k < Pivots; k++)
                right[(k * Width) + column] = columns[(((panel * Width) + column) * Pivots) + k];
        }
        var target = new float[Pivots * Width];
        BlockProduct.MultiplyDense(inverse, Pivots, right, target);
        target.CopyTo(solved, panel * Width * Pivots);
    }

    /// <summary>The lower triangle of 128 rows, without the pivots' own columns.</summary>
    private static void Update(float[] a, int n, int from, int pivot, float[] columns, float[] solved)
    {
        var right = new float[Pivots * Width];
        for (var column = 0; column < from + Pivots; column += Width)
        {
            if (column >= pivot && column < pivot + Pivots)
                continue;
            solved.AsSpan(column * Pivots, right.Length).CopyTo(right);
            BlockProduct.AddProduct(
                columns,
                Pivots,
                right,
                new(a, n, column),
                from..(from + Pivots),
                keep: 1,
                factor: -1
            );
        }
    }

    private static void Scatter(float[] a, int n, int pivot, float[] inverse, float[] solved)
    {
        for (var row = 0; row < n; row++)
        {
            var inside = row >= pivot && row < pivot + Pivots;
            for (var k = 0; k < Pivots; k++)
            {
                var (high, low) = (Math.Max(row, pivot + k), Math.Min(row, pivot + k));
                a[(high * n) + low] = inside
                    ? -inverse[((row - pivot) * Pivots) + k]
                    : solved[(row / Width * Width * Pivots) + (k * Width) + (row % Width)];
            }
        }
    }
}
