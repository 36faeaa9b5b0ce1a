using System.Numerics.Tensors;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.RowBlocks;

/// <summary>The rows of a range of items, in full precision.</summary>
/// <param name="From">The first item.</param>
/// <param name="Lengths">The length of each row.</param>
/// <param name="Columns">The columns of the rows, one row after the other, ascending within a row.</param>
/// <param name="Values">The values.</param>
internal sealed record RowBlock(
    int From, int[] Lengths, ReadOnlyMemory<int> Columns, ReadOnlyMemory<float> Values)
{
    /// <summary>The item after the last one.</summary>
    public int To => From + Lengths.Length;

    /// <summary>The rows from an item on, which must be one of the block's.</summary>
    public RowBlock After(int item)
    {
        var skipped = Lengths[..(item - From)].Sum();
        return item == From ? this : new(item, Lengths[(item - From)..], Columns[skipped..], Values[skipped..]);
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
                greatest = Math.Max(greatest, Math.Abs(TensorPrimitives.MaxMagnitude(block.Values.Span)));
            foreach (var length in block.Lengths)
                offsets[++item] = checked(offsets[item - 1] + length);
        }
        var (columns, values, scale) = (new int[offsets[^1]], new Half[offsets[^1]], ItemWeights.ScaleFor(greatest));
        foreach (var block in blocks)
        {
            block.Columns.Span.CopyTo(columns.AsSpan(offsets[block.From]));
            Scale(block.Values.Span, scale, values.AsSpan(offsets[block.From]));
        }
        return new(offsets, columns, values, scale);
    }

    private static void Scale(ReadOnlySpan<float> source, float scale, Span<Half> target)
    {
        Span<float> scaled = stackalloc float[1024];
        for (; !source.IsEmpty; source = source[Math.Min(scaled.Length, source.Length)..])
        {
            var part = scaled[..Math.Min(scaled.Length, source.Length)];
            TensorPrimitives.Multiply(source[..part.Length], scale, part);
            TensorPrimitives.ConvertToHalf(part, target[..part.Length]);
            target = target[part.Length..];
        }
    }
}

/// <summary>
/// Collects rows. It has room for the longest rows; the system gives memory only to what is used.
/// </summary>
internal sealed class RowBlockBuilder(int from, int rows, int neighbours)
{
    private readonly int[] _lengths = new int[rows];
    private readonly int[] _columns = new int[checked(rows * neighbours)];
    private readonly float[] _values = new float[checked(rows * neighbours)];
    private int _rows;
    private int _entries;

    public void Add(ReadOnlySpan<(int[] Columns, float[] Values)> rows)
    {
        foreach (var (columns, values) in rows)
        {
            columns.CopyTo(_columns, _entries);
            values.CopyTo(_values, _entries);
            _lengths[_rows++] = columns.Length;
            _entries += columns.Length;
        }
    }

    public RowBlock End() => new(from, _lengths, _columns.AsMemory(0, _entries), _values.AsMemory(0, _entries));
}
