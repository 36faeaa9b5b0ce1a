using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Tests;

/// <summary>The formulas of the trainer written down as they are, dense and slow.</summary>
internal static class NaiveModel
{
    public static double[,] Dense(SparseMatrix matrix)
    {
        var dense = new double[matrix.Rows, matrix.Columns];
        for (var row = 0; row < matrix.Rows; row++)
        {
            for (var entry = matrix.Offsets[row]; entry < matrix.Offsets[row + 1]; entry++)
                dense[row, matrix.Indices[entry]] = matrix.Values[entry];
        }
        return dense;
    }

    /// <summary>
    /// S_ij = Σ_u x_ui x_uj / (d_u^b √(d_i d_j)), over its greatest eigenvalue, which is 1 for b = 1.
    /// </summary>
    public static double[,] Gram(double[,] x, double userExponent = 1)
    {
        var (users, items) = (x.GetLength(0), x.GetLength(1));
        var perUser = Enumerable
            .Range(0, users)
            .Select(user => Enumerable.Range(0, items).Sum(item => x[user, item]))
            .ToArray();
        var perItem = Degrees(x);
        var gram = new double[items, items];
        for (var i = 0; i < items; i++)
        {
            for (var j = 0; j < items; j++)
            {
                for (var user = 0; user < users; user++)
                {
                    if (x[user, i] > 0 && x[user, j] > 0)
                        gram[i, j] +=
                            x[user, i]
                            * x[user, j]
                            / (Math.Pow(perUser[user], userExponent) * Math.Sqrt(perItem[i] * perItem[j]));
                }
            }
        }
        var greatest = userExponent == 1 ? 1 : GreatestEigenvalue(gram);
        for (var i = 0; i < items * items; i++)
            gram[i / items, i % items] /= greatest;
        return gram;
    }

    private static double GreatestEigenvalue(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var vector = Enumerable.Repeat(1d, n).ToArray();
        var norm = 0d;
        for (var iteration = 0; iteration < 200; iteration++)
        {
            var next = Enumerable
                .Range(0, n)
                .Select(i => Enumerable.Range(0, n).Sum(j => matrix[i, j] * vector[j]))
                .ToArray();
            norm = Math.Sqrt(next.Sum(value => value * value));
            vector = [.. next.Select(value => value / norm)];
        }
        return norm;
    }

    public static double[] Degrees(double[,] x) =>
        [
            .. Enumerable
                .Range(0, x.GetLength(1))
                .Select(item => Enumerable.Range(0, x.GetLength(0)).Sum(user => x[user, item])),
        ];

    /// <summary>W_ij = d_i^-β S_ij d_j^β, zero diagonal.</summary>
    public static double[,] Weights(double[,] x, double beta)
    {
        var gram = Gram(x);
        var degrees = Degrees(x);
        for (var i = 0; i < degrees.Length; i++)
        {
            for (var j = 0; j < degrees.Length; j++)
                gram[i, j] *= i == j || degrees[i] == 0 ? 0 : Math.Pow(degrees[j] / degrees[i], beta);
        }
        return gram;
    }
}
