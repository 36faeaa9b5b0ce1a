using System.Runtime.CompilerServices;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Numerics;

/// <summary>
/// Products with dense blocks of 64 columns, stored by rows: what is fetched from memory is a whole run of 256 bytes, and the
/// sums of a row stay in registers. Each row is summed in the order of its entries, so threads do not change the result.
/// </summary>
internal static class BlockProduct
{
    /// <summary>Columns of a block.</summary>
    public const int Width = 64;

    /// <summary><c>target = M · source</c>, for the rows of the range.</summary>
    public static void Multiply(SparseMatrix matrix, DenseBlock source, DenseBlock target, Range rows)
    {
        var (start, length) = rows.GetOffsetAndLength(matrix.Rows);
        for (var row = start; row < start + length; row++)
            Sum(matrix.IndicesOf(row), matrix.ValuesOf(row), source).Store(target.Values, (row * target.Stride) + target.Offset);
    }

    /// <summary><c>target = 4 · M · source - 2 · x - target</c>: one step of Chebyshev's recurrence for 2 M - 1.</summary>
    public static void Recur(SparseMatrix matrix, float[] source, float[] x, float[] target)
    {
        for (var row = 0; row < matrix.Rows; row++)
        {
            var sum = Sum(matrix.IndicesOf(row), matrix.ValuesOf(row), new(source, Width, 0));
            var at = row * Width;
            ((sum * 4f) - (Lanes.Load(x, at) * 2f) - Lanes.Load(target, at)).Store(target, at);
        }
    }

    /// <summary><c>target = V · p</c>, where V has rows of <paramref name="rank"/> and p is a block of as many rows.</summary>
    public static void MultiplyDense(float[] v, int rank, float[] p, float[] target) =>
        AddProduct(v, rank, p, new(target, Width, 0), 0..(v.Length / rank), keep: 0, factor: 1);

    /// <summary><c>target = keep · target + factor · V · p</c> for some rows of V and of the target; with 0 the target is not read.</summary>
    public static void AddProduct(float[] v, int rank, float[] p, DenseBlock target, Range rows, float keep, float factor)
    {
        var (start, length) = rows.GetOffsetAndLength(v.Length / rank);
        var row = start;
        for (; row + 4 <= start + length; row += 4)
            FourRows(v, row, rank, p, target, keep, factor);
        for (; row < start + length; row++)
        {
            var sum = default(Lanes);
            for (var k = 0; k < rank; k++)
                sum = Lanes.Load(p, k * Width).MultiplyAdd(v[(row * rank) + k], sum);
            Store(sum, target, row, keep, factor);
        }
    }

    // Four rows at once read p, which does not fit the first-level cache, a quarter as often.
    private static void FourRows(float[] v, int row, int rank, float[] p, DenseBlock target, float keep, float factor)
    {
        Lanes a = default, b = default, c = default, d = default;
        var at = row * rank;
        for (var k = 0; k < rank; k++)
        {
            var lanes = Lanes.Load(p, k * Width);
            a = lanes.MultiplyAdd(v[at + k], a);
            b = lanes.MultiplyAdd(v[at + rank + k], b);
            c = lanes.MultiplyAdd(v[at + (2 * rank) + k], c);
            d = lanes.MultiplyAdd(v[at + (3 * rank) + k], d);
        }
        Store(a, target, row, keep, factor);
        Store(b, target, row + 1, keep, factor);
        Store(c, target, row + 2, keep, factor);
        Store(d, target, row + 3, keep, factor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(in Lanes sum, DenseBlock target, int row, float keep, float factor)
    {
        var at = (row * target.Stride) + target.Offset;
        var result = sum * factor;
        (keep == 0 ? result : result + (Lanes.Load(target.Values, at) * keep)).Store(target.Values, at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Sum(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, DenseBlock source)
    {
        var sum = default(Lanes);
        for (var i = 0; i < columns.Length; i++)
            sum = Lanes.Load(source.Values, (columns[i] * source.Stride) + source.Offset).MultiplyAdd(values[i], sum);
        return sum;
    }

    /// <summary>64 columns of dense rows.</summary>
    /// <param name="Values">The rows.</param>
    /// <param name="Stride">The length of a row.</param>
    /// <param name="Offset">The first of the columns.</param>
    internal readonly record struct DenseBlock(float[] Values, int Stride, int Offset);
}
