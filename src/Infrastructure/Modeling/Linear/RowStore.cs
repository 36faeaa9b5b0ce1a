using System.Numerics.Tensors;

namespace Recommendation.Modeling.Linear;

/// <summary>Collects finished rows from several threads, block by block, and joins them in order.</summary>
internal sealed class RowStore
{
    private readonly int _items;
    private readonly int _blockLength;
    private readonly List<Row>[] _blocks;

    public RowStore(int items, int blockLength)
    {
        (_items, _blockLength) = (items, blockLength);
        _blocks = new List<Row>[(items + blockLength - 1) / blockLength];
    }

    public int Blocks => _blocks.Length;

    /// <summary>Adds the next row of a block. One thread works on a block.</summary>
    public void Add(int block, int count, int[] columns, float[] values) =>
        (_blocks[block] ??= new List<Row>(_blockLength)).Add(
            new(columns.AsSpan(0, count).ToArray(), values.AsSpan(0, count).ToArray())
        );

    public ItemWeights ToWeights()
    {
        var offsets = new int[_items + 1];
        for (var item = 0; item < _items; item++)
            offsets[item + 1] = checked(offsets[item] + RowOf(item).Columns.Length);
        var columns = new int[offsets[_items]];
        var values = new Half[offsets[_items]];
        var scale = Scale();
        for (var item = 0; item < _items; item++)
        {
            var row = RowOf(item);
            row.Columns.CopyTo(columns.AsSpan(offsets[item]));
            TensorPrimitives.Multiply(row.Values, scale, row.Values);
            TensorPrimitives.ConvertToHalf(row.Values, values.AsSpan(offsets[item], row.Values.Length));
        }
        return new ItemWeights(offsets, columns, values, scale);
    }

    private Row RowOf(int item) => _blocks[item / _blockLength][item % _blockLength];

    private float Scale()
    {
        var greatest = 0f;
        foreach (var row in _blocks.SelectMany(block => block))
        {
            if (row.Values.Length > 0)
                greatest = Math.Max(greatest, Math.Abs(TensorPrimitives.MaxMagnitude(row.Values)));
        }
        return ItemWeights.ScaleFor(greatest);
    }

    private readonly record struct Row(int[] Columns, float[] Values);
}
