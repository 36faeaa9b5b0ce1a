namespace Recommendation.Modeling.Linear;

/// <summary>Cholesky's factor of small matrices in double precision.</summary>
internal static class Cholesky
{
    /// <summary>R⁻¹ by rows, where R is upper triangular with RᵀR = M. A direction that M lacks becomes 0.</summary>
    public static float[] InverseOfFactor(double[,] m)
    {
        var n = m.GetLength(0);
        var r = Factor(m);
        var inverse = new double[n, n];
        for (var column = 0; column < n; column++)
        {
            if (r[column, column] == 0)
                continue;
            inverse[column, column] = 1 / r[column, column];
            for (var row = column - 1; row >= 0; row--)
            {
                var sum = 0d;
                for (var k = row + 1; k <= column; k++)
                    sum += r[row, k] * inverse[k, column];
                inverse[row, column] = r[row, row] == 0 ? 0 : -sum / r[row, row];
            }
        }
        var flat = new float[n * n];
        for (var i = 0; i < flat.Length; i++)
            flat[i] = (float)inverse[i / n, i % n];
        return flat;
    }

    private static double[,] Factor(double[,] m)
    {
        const double negligible = 1e-5; // of single-precision input, what is left below it is rounding
        var n = m.GetLength(0);
        var r = new double[n, n];
        for (var row = 0; row < n; row++)
        {
            var diagonal = m[row, row];
            for (var k = 0; k < row; k++)
                diagonal -= r[k, row] * r[k, row];
            if (diagonal <= negligible * m[row, row])
                continue;
            r[row, row] = Math.Sqrt(diagonal);
            for (var column = row + 1; column < n; column++)
            {
                var sum = m[row, column];
                for (var k = 0; k < row; k++)
                    sum -= r[k, row] * r[k, column];
                r[row, column] = sum / r[row, row];
            }
        }
        return r;
    }
}
