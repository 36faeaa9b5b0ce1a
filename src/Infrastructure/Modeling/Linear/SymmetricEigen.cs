namespace Recommendation.Modeling.Linear;

/// <summary>
/// Eigenvectors of small symmetric matrices by Jacobi's cyclic rotations (Golub and Van Loan, section 8.5).
/// </summary>
internal static class SymmetricEigen
{
    private const int MaximumSweeps = 30;

    /// <summary>
    /// The eigenvectors of the largest eigenvalues, as columns of an n × count matrix by rows, largest first.
    /// </summary>
    public static float[] Leading(double[,] symmetric, int count, CancellationToken cancellationToken)
    {
        var n = symmetric.GetLength(0);
        var a = Rows(symmetric);
        var vectors = Identity(n); // by rows: eigenvector i is row i
        for (var sweep = 0; sweep < MaximumSweeps && OffDiagonal(a) > 1e-18 * n; sweep++)
        {
            for (var p = 0; p < n; p++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var q = p + 1; q < n; q++)
                    Rotate(a, vectors, p, q);
            }
        }
        var order = Enumerable.Range(0, n).OrderByDescending(i => a[i][i]).ThenBy(i => i).Take(count).ToArray();
        var leading = new float[n * count];
        for (var i = 0; i < leading.Length; i++)
            leading[i] = (float)vectors[order[i % count]][i / count];
        return leading;
    }

    private static void Rotate(double[][] a, double[][] vectors, int p, int q)
    {
        var off = a[p][q];
        if (Math.Abs(off) < 1e-300)
            return;
        var theta = (a[q][q] - a[p][p]) / (2 * off);
        var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        for (var k = 0; k < a.Length; k++)
        {
            var row = a[k];
            (row[p], row[q]) = ((c * row[p]) - (s * row[q]), (s * row[p]) + (c * row[q]));
        }
        Combine(a[p], a[q], c, s);
        Combine(vectors[p], vectors[q], c, s);
    }

    private static void Combine(double[] p, double[] q, double c, double s)
    {
        for (var k = 0; k < p.Length; k++)
            (p[k], q[k]) = ((c * p[k]) - (s * q[k]), (s * p[k]) + (c * q[k]));
    }

    private static double OffDiagonal(double[][] a)
    {
        var sum = 0d;
        for (var row = 0; row < a.Length; row++)
        {
            for (var column = 0; column < row; column++)
                sum += a[row][column] * a[row][column];
        }
        return sum;
    }

    private static double[][] Rows(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var rows = Identity(n);
        for (var row = 0; row < n; row++)
        {
            for (var column = 0; column < n; column++)
                rows[row][column] = (matrix[row, column] + matrix[column, row]) / 2;
        }
        return rows;
    }

    private static double[][] Identity(int n)
    {
        var rows = new double[n][];
        for (var row = 0; row < n; row++)
        {
            rows[row] = new double[n];
            rows[row][row] = 1;
        }
        return rows;
    }
}
