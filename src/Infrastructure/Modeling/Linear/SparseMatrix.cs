namespace Recommendation.Modeling.Linear;

/// <summary>A sparse matrix by rows (CSR).</summary>
/// <param name="Columns">How many columns there are.</param>
/// <param name="Offsets">Where each row begins in the two arrays; one more than there are rows.</param>
/// <param name="Indices">The column of each entry.</param>
/// <param name="Values">The value of each entry.</param>
internal sealed record SparseMatrix(int Columns, int[] Offsets, int[] Indices, float[] Values)
{
    public int Rows => Offsets.Length - 1;

    public int Entries => Offsets[^1];

    public ReadOnlySpan<int> IndicesOf(int row) => Indices.AsSpan(Offsets[row]..Offsets[row + 1]);

    public ReadOnlySpan<float> ValuesOf(int row) => Values.AsSpan(Offsets[row]..Offsets[row + 1]);

    /// <summary>The sum of each row, added up in the order of its entries.</summary>
    public double[] RowSums()
    {
        var sums = new double[Rows];
        for (var row = 0; row < Rows; row++)
        {
            foreach (var value in ValuesOf(row))
                sums[row] += value;
        }
        return sums;
    }

    /// <summary>Columns as rows; the entries of each in ascending order of the former row.</summary>
    public SparseMatrix Transpose()
    {
        var offsets = new int[Columns + 1];
        foreach (var column in Indices.AsSpan(0, Entries))
            offsets[column + 1]++;
        for (var column = 0; column < Columns; column++)
            offsets[column + 1] += offsets[column];
        var next = offsets.AsSpan(0, Columns).ToArray();
        var indices = new int[Entries];
        var values = new float[Entries];
        for (var row = 0; row < Rows; row++)
        {
            for (var entry = Offsets[row]; entry < Offsets[row + 1]; entry++)
            {
                var place = next[Indices[entry]]++;
                indices[place] = row;
                values[place] = Values[entry];
            }
        }
        return new SparseMatrix(Rows, offsets, indices, values);
    }
}
