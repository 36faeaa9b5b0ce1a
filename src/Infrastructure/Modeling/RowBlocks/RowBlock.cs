using System.Numerics.Tensors;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.RowBlocks;

/// <summary>The rows of a range of items, in full precision.</summary>
/// <param name="From">The first item.</param>
/// <param name="Lengths">The length of each row.</param>
/// <param name="Columns">The columns of the rows, one row after the other, ascending within a row.</param>
/// <param name="Values">The values.</param>
internal sealed record RowBlock(int From, int[] Lengths, int[] Columns, float[] Values)
{
    /// <summary>The item after the last one.</summary>
    public int To => From + Lengths.Length;

    /// <summary>The rows from an item on, which must be one of the block's.</summary>
    public RowBlock After(int item)
    {
        var skipped = Lengths[..(item - From)].Sum();
        return item == From ? this : new(item, Lengths[(item - From)..], Columns[skipped..], Values[skipped..]);
    }

    public static RowBlock Of(int from, IReadOnlyList<(int[] Columns, float[] Values)> rows)
    {
        var lengths = rows.Select(row => row.Columns.Length).ToArray();
        var total = checked((int)lengths.Sum(length => (long)length));
        var (columns, values, at) = (new int[total], new float[total], 0);
        foreach (var row in rows)
        {
            row.Columns.CopyTo(columns, at);
            row.Values.CopyTo(values, at);
            at += row.Columns.Length;
        }
        return new(from, lengths, columns, values);
    }

    /// <summary>Joins blocks to the weights of all items. The result does not depend on where blocks begin.</summary>
    /// <param name="blocks">In order, without gaps, from item 0.</param>
    public static ItemWeights Join(IReadOnlyList<RowBlock> blocks)
    {
        var offsets = new int[blocks[^1].To + 1];
        var (item, greatest) = (0, 0f);
        foreach (var block in blocks)
        {
            if (block.Values.Length > 0)
                greatest = Math.Max(greatest, Math.Abs(TensorPrimitives.MaxMagnitude<float>(block.Values)));
            foreach (var length in block.Lengths)
                offsets[++item] = checked(offsets[item - 1] + length);
        }
        var (columns, values, scale) = (new int[offsets[^1]], new Half[offsets[^1]], ItemWeights.ScaleFor(greatest));
        foreach (var block in blocks)
        {
            block.Columns.CopyTo(columns, offsets[block.From]);
            var scaled = new float[block.Values.Length];
            TensorPrimitives.Multiply(block.Values, scale, scaled);
            TensorPrimitives.ConvertToHalf(scaled, values.AsSpan(offsets[block.From], scaled.Length));
        }
        return new(offsets, columns, values, scale);
    }
}
