using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.Tests.Trainers.GraphFilter;

/// <summary>Small dense matrices, slow and plain.</summary>
internal static class Dense
{
    public static double[,] Multiply(double[,] a, double[,] b)
    {
        var product = new double[a.GetLength(0), b.GetLength(1)];
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < b.GetLength(1); j++)
            {
                for (var k = 0; k < b.GetLength(0); k++)
                    product[i, j] += a[i, k] * b[k, j];
            }
        }
        return product;
    }

    public static double[,] Combine(double[,] a, double factor, double[,] b, double other)
    {
        var sum = new double[a.GetLength(0), a.GetLength(1)];
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < a.GetLength(1); j++)
                sum[i, j] = (factor * a[i, j]) + (other * b[i, j]);
        }
        return sum;
    }

    /// <summary>VVᵀ.</summary>
    public static double[,] Projector(LowRank lowRank)
    {
        var items = lowRank.Values.Length / lowRank.Rank;
        var projector = new double[items, items];
        for (var i = 0; i < items; i++)
        {
            for (var j = 0; j < items; j++)
            {
                for (var k = 0; k < lowRank.Rank; k++)
                    projector[i, j] += (double)lowRank.RowOf(i)[k] * lowRank.RowOf(j)[k];
            }
        }
        return projector;
    }

    public static double Trace(double[,] a) => Enumerable.Range(0, a.GetLength(0)).Sum(i => a[i, i]);

    public static double[,] Identity(int n)
    {
        var identity = new double[n, n];
        for (var i = 0; i < n; i++)
            identity[i, i] = 1;
        return identity;
    }
}
