using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Spectral;

/// <summary>
/// <c>A = D_u^-½ X D_i^-½</c> and its transpose: the normalised graph of users and items. <c>S = AᵀA</c> is never made; it is
/// applied in two steps.
/// </summary>
internal sealed class ItemGraph
{
    public ItemGraph(SparseMatrix histories)
    {
        Degrees = histories.Transpose().RowSums();
        var perUser = InverseRoots(histories.RowSums());
        var perItem = InverseRoots(Degrees);
        var values = new float[histories.Entries];
        for (var user = 0; user < histories.Rows; user++)
        {
            for (var entry = histories.Offsets[user]; entry < histories.Offsets[user + 1]; entry++)
                values[entry] = (float)(histories.Values[entry] * perUser[user] * perItem[histories.Indices[entry]]);
        }
        Users = histories with { Values = values };
        Items = Users.Transpose();
    }

    /// <summary>A: users × items.</summary>
    public SparseMatrix Users { get; }

    /// <summary>Aᵀ: items × users.</summary>
    public SparseMatrix Items { get; }

    /// <summary>d_i: the summed weight of each item.</summary>
    public double[] Degrees { get; }

    /// <summary>d_i^e; 0 for an item that nobody has.</summary>
    public float[] DegreePowers(double exponent) => Array.ConvertAll(Degrees, degree => degree > 0 ? (float)Math.Pow(degree, exponent) : 0);

    private static double[] InverseRoots(double[] sums) => Array.ConvertAll(sums, sum => sum > 0 ? 1 / Math.Sqrt(sum) : 0);
}
