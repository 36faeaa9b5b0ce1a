namespace Recommendation.Modeling.Linear;

/// <summary>
/// <c>S = D_i^-½ Xᵀ D_u⁻¹ X D_i^-½</c>, row by row: the co-occurrences of two items, where each user counts as much as
/// any other and each item counts relative to its frequency (the normalisation of GF-CF and LightGCN).
/// </summary>
internal sealed class NormalisedGram
{
    private readonly SparseMatrix _users;
    private readonly SparseMatrix _items;
    private readonly float[] _perUser;

    public NormalisedGram(SparseMatrix histories)
    {
        _users = histories;
        _items = histories.Transpose();
        _perUser = Array.ConvertAll(histories.RowSums(), sum => sum > 0 ? (float)(1 / sum) : 0);
        Degrees = _items.RowSums();
        InverseRoots = Array.ConvertAll(Degrees, degree => degree > 0 ? (float)(1 / Math.Sqrt(degree)) : 0);
    }

    public int Items => _items.Rows;

    /// <summary>d_i: the summed weight of each item.</summary>
    public double[] Degrees { get; }

    /// <summary>d_i^-½; 0 for an item without a history.</summary>
    public float[] InverseRoots { get; }

    /// <summary>
    /// Adds row i of <c>Xᵀ D_u⁻¹ X</c>, users in ascending order, so that rounding is the same every time.
    /// </summary>
    public void AddRow(int item, Accumulator sums)
    {
        var users = _items.IndicesOf(item);
        var weights = _items.ValuesOf(item);
        for (var i = 0; i < users.Length; i++)
            sums.Add(_users.IndicesOf(users[i]), _users.ValuesOf(users[i]), weights[i] * _perUser[users[i]]);
    }

    /// <summary>Adds row i of <c>XᵀX</c>.</summary>
    public void AddPlainRow(int item, Accumulator sums)
    {
        var users = _items.IndicesOf(item);
        var weights = _items.ValuesOf(item);
        for (var i = 0; i < users.Length; i++)
            sums.Add(_users.IndicesOf(users[i]), _users.ValuesOf(users[i]), weights[i]);
    }
}
