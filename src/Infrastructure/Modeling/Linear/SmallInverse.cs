namespace Recommendation.Modeling.Linear;

/// <summary>Inverts small symmetric positive definite blocks in double precision, by Gauss and Jordan.</summary>
internal static class SmallInverse
{
    /// <param name="a">A matrix by rows; the lower triangle of the block is read.</param>
    /// <param name="n">The matrix's side.</param>
    /// <param name="start">Where the block begins on the diagonal.</param>
    /// <param name="size">The block's side.</param>
    public static float[] Of(float[] a, int n, int start, int size)
    {
        var rows = new double[size][];
        for (var i = 0; i < size; i++)
        {
            rows[i] = new double[size];
            for (var j = 0; j < size; j++)
                rows[i][j] = a[((start + Math.Max(i, j)) * n) + start + Math.Min(i, j)];
        }
        for (var pivot = 0; pivot < size; pivot++)
            Eliminate(rows, pivot);
        var inverse = new float[size * size];
        for (var i = 0; i < inverse.Length; i++)
            inverse[i] = (float)rows[i / size][i % size];
        return inverse;
    }

    private static void Eliminate(double[][] rows, int pivot)
    {
        var top = rows[pivot];
        var reciprocal = 1 / top[pivot];
        top[pivot] = 1;
        for (var j = 0; j < top.Length; j++)
            top[j] *= reciprocal;
        for (var i = 0; i < rows.Length; i++)
        {
            if (i == pivot)
                continue;
            var row = rows[i];
            var factor = row[pivot];
            row[pivot] = 0;
            for (var j = 0; j < row.Length; j++)
                row[j] -= factor * top[j];
        }
    }
}
