using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.GraphFilter;

/// <summary>
/// <c>A = D_u^(-b/2) X D_i^-½</c>, scaled to a largest singular value of 1, and its transpose: the normalised graph of
/// users and items. <c>S = AᵀA</c> is never computed; it is applied in two steps. With b = 1 every user counts the
/// same. With a smaller b, users with long histories count more.
/// </summary>
internal sealed class ItemGraph
{
    /// <summary>Enough for the scale of A; see <see cref="GraphOperator"/>.</summary>
    public const int PowerIterations = 30;

    public ItemGraph(SparseMatrix histories, double userExponent = 1)
    {
        UserExponent = userExponent;
        Degrees = histories.Transpose().RowSums();
        var perUser = Powers(histories.RowSums(), -userExponent / 2);
        var perItem = Powers(Degrees, -0.5);
        var values = new float[histories.Entries];
        for (var user = 0; user < histories.Rows; user++)
        {
            for (var entry = histories.Offsets[user]; entry < histories.Offsets[user + 1]; entry++)
                values[entry] = (float)(histories.Values[entry] * perUser[user] * perItem[histories.Indices[entry]]);
        }
        Users = histories with { Values = values };
        if (userExponent != 1) // with 1 it is 1 already
            System.Numerics.Tensors.TensorPrimitives.Divide(values, (float)GreatestSingularValue(Users), values);
        Items = Users.Transpose();
    }

    /// <summary>b.</summary>
    public double UserExponent { get; }

    /// <summary>A: users × items.</summary>
    public SparseMatrix Users { get; }

    /// <summary>Aᵀ: items × users.</summary>
    public SparseMatrix Items { get; }

    /// <summary>d_i: the summed weight of each item.</summary>
    public double[] Degrees { get; }

    /// <summary>d_i^e; 0 for an item without users.</summary>
    public float[] DegreePowers(double exponent) => Array.ConvertAll(Powers(Degrees, exponent), power => (float)power);

    /// <summary>The power of each sum; 0 for 0.</summary>
    public static double[] Powers(double[] sums, double exponent) =>
        Array.ConvertAll(sums, sum => sum > 0 ? Math.Pow(sum, exponent) : 0);

    /// <summary>
    /// By power iteration from a vector of ones, which is close to the leading one: all weights are positive.
    /// </summary>
    private static double GreatestSingularValue(SparseMatrix matrix)
    {
        var vector = new double[matrix.Columns];
        Array.Fill(vector, 1);
        var square = 1d;
        for (var iteration = 0; iteration < PowerIterations; iteration++)
        {
            var next = new double[matrix.Columns];
            AddProduct(matrix, vector, next);
            square = System.Numerics.Tensors.TensorPrimitives.Norm<double>(next);
            System.Numerics.Tensors.TensorPrimitives.Divide(next, square, vector);
        }
        return square > 0 ? Math.Sqrt(square) : 1;
    }

    /// <summary>Adds <c>AᵀA · vector</c>, row by row of A.</summary>
    public static void AddProduct(SparseMatrix matrix, double[] vector, double[] target)
    {
        for (var row = 0; row < matrix.Rows; row++)
        {
            var sum = 0d;
            for (var entry = matrix.Offsets[row]; entry < matrix.Offsets[row + 1]; entry++)
                sum += matrix.Values[entry] * vector[matrix.Indices[entry]];
            for (var entry = matrix.Offsets[row]; entry < matrix.Offsets[row + 1]; entry++)
                target[matrix.Indices[entry]] += matrix.Values[entry] * sum;
        }
    }
}
