namespace Recommendation.Modeling.Linear;

/// <summary>
/// W by source item: what an item of a history adds to the scores of other items. Columns ascend within a row. Values
/// are 16-bit floats. Divide a value by <see cref="Scale"/> to get the weight; the scale is a power of two that makes
/// good use of the range.
/// </summary>
internal sealed record ItemWeights(int[] Offsets, int[] Columns, Half[] Values, float Scale)
{
    public int Items => Offsets.Length - 1;

    public ReadOnlySpan<int> ColumnsOf(int item) => Columns.AsSpan(Offsets[item]..Offsets[item + 1]);

    public ReadOnlySpan<Half> ValuesOf(int item) => Values.AsSpan(Offsets[item]..Offsets[item + 1]);

    /// <summary>
    /// The power of two that brings the greatest value to 2^14 … 2^15, just under the greatest 16-bit float.
    /// </summary>
    public static float ScaleFor(float greatest) =>
        greatest > 0 ? float.ScaleB(1, 14 - Math.Clamp(Math.ILogB(greatest), -100, 100)) : 1;

    /// <summary>The mean of the maxima of all rows that are not empty.</summary>
    public double MeanRowMaximum()
    {
        var (sum, rows) = (0d, 0);
        for (var item = 0; item < Items; item++)
        {
            if (ValuesOf(item).IsEmpty)
                continue;
            sum += (double)System.Numerics.Tensors.TensorPrimitives.Max(ValuesOf(item)) / Scale;
            rows++;
        }
        return rows == 0 ? 0 : sum / rows;
    }

    /// <summary>Puts rows of some items into a matrix with a row for each item. The other rows are empty.</summary>
    /// <param name="items">Whose rows these are, ascending.</param>
    /// <param name="all">How many items there are.</param>
    public ItemWeights Among(int[] items, int all)
    {
        var offsets = new int[all + 1];
        for (var (item, row) = (0, 0); item < all; item++)
        {
            if (row < items.Length && items[row] == item)
                row++;
            offsets[item + 1] = Offsets[row];
        }
        return this with { Offsets = offsets };
    }
}
