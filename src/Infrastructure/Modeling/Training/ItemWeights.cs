namespace Recommendation.Modeling.Training;

/// <summary>
/// W by source item: what an item of a history adds to the scores of others. Columns ascend within a row. Values are
/// 16-bit floats; the true ones are these divided by <see cref="Scale"/>, a power of two that uses their range well.
/// </summary>
internal sealed record ItemWeights(int[] Offsets, int[] Columns, Half[] Values, float Scale)
{
    public int Items => Offsets.Length - 1;

    public ReadOnlySpan<int> ColumnsOf(int item) => Columns.AsSpan(Offsets[item]..Offsets[item + 1]);

    public ReadOnlySpan<Half> ValuesOf(int item) => Values.AsSpan(Offsets[item]..Offsets[item + 1]);
}
