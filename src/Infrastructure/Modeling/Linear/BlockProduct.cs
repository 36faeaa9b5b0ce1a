using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Recommendation.Modeling.Linear;

/// <summary>
/// Products with dense blocks of 64 columns, stored by rows. Each memory access reads 256 consecutive bytes, and the
/// sums of a row stay in registers. Each row is summed in the order of its entries, so the result does not depend on
/// the number of threads.
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
            Sum(matrix.IndicesOf(row), matrix.ValuesOf(row), source)
                .Store(target.Values, (row * target.Stride) + target.Offset);
    }

    /// <summary><c>target = target + M · source</c>, for rows with entries.</summary>
    public static void AddProduct(SparseMatrix matrix, DenseBlock source, DenseBlock target)
    {
        for (var row = 0; row < matrix.Rows; row++)
        {
            if (matrix.IndicesOf(row).IsEmpty)
                continue;
            var at = (row * target.Stride) + target.Offset;
            var sum = Sum(matrix.IndicesOf(row), matrix.ValuesOf(row), source);
            (sum + Lanes.Load(target.Values, at)).Store(target.Values, at);
        }
    }

    /// <summary>
    /// <c>target = 4 · M · source - 2 · x - target</c>: one step of Chebyshev's recurrence for 2 M - 1.
    /// </summary>
    public static void Recur(SparseMatrix matrix, float[] source, float[] x, float[] target)
    {
        for (var row = 0; row < matrix.Rows; row++)
        {
            var sum = Sum(matrix.IndicesOf(row), matrix.ValuesOf(row), new(source, Width, 0));
            var at = row * Width;
            ((sum * 4f) - (Lanes.Load(x, at) * 2f) - Lanes.Load(target, at)).Store(target, at);
        }
    }

    /// <summary>
    /// <c>target = V · p</c>, where V has rows of <paramref name="rank"/> and p is a block of as many rows.
    /// </summary>
    public static void MultiplyDense(float[] v, int rank, float[] p, float[] target) =>
        AddProduct(v, rank, p, new(target, Width, 0), 0..(v.Length / rank), keep: 0, factor: 1);

    /// <summary>
    /// <c>target = keep · target + factor · V · p</c> for some rows of V and of the target; with 0 the
    /// target is not read.
    /// </summary>
    public static void AddProduct(
        float[] v,
        int rank,
        float[] p,
        DenseBlock target,
        Range rows,
        float keep,
        float factor
    )
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

    // Four rows at once read p, which does not fit the first-level cache, a quarter as often. The 16 sums are locals,
    // since as structs they went by way of the stack: 54 ms instead of 18 for 41,000 rows of 256.
    private static void FourRows(float[] v, int row, int rank, float[] p, DenseBlock target, float keep, float factors)
    {
        Vector512<float> xa = default,
            xb = default,
            xc = default,
            xd = default,
            ya = default,
            yb = default,
            yc = default,
            yd = default;
        Vector512<float> za = default,
            zb = default,
            zc = default,
            zd = default,
            wa = default,
            wb = default,
            wc = default,
            wd = default;
        var at = row * rank;
        for (var k = 0; k < rank; k++)
        {
            ref var first = ref MemoryMarshal.GetReference(p.AsSpan(k * Width, Width));
            var (a, b) = (Vector512.LoadUnsafe(ref first), Vector512.LoadUnsafe(ref first, 16));
            var (c, d) = (Vector512.LoadUnsafe(ref first, 32), Vector512.LoadUnsafe(ref first, 48));
            var factor = Vector512.Create(v[at + k]);
            xa = Vector512.FusedMultiplyAdd(a, factor, xa);
            xb = Vector512.FusedMultiplyAdd(b, factor, xb);
            xc = Vector512.FusedMultiplyAdd(c, factor, xc);
            xd = Vector512.FusedMultiplyAdd(d, factor, xd);
            factor = Vector512.Create(v[at + rank + k]);
            ya = Vector512.FusedMultiplyAdd(a, factor, ya);
            yb = Vector512.FusedMultiplyAdd(b, factor, yb);
            yc = Vector512.FusedMultiplyAdd(c, factor, yc);
            yd = Vector512.FusedMultiplyAdd(d, factor, yd);
            factor = Vector512.Create(v[at + (2 * rank) + k]);
            za = Vector512.FusedMultiplyAdd(a, factor, za);
            zb = Vector512.FusedMultiplyAdd(b, factor, zb);
            zc = Vector512.FusedMultiplyAdd(c, factor, zc);
            zd = Vector512.FusedMultiplyAdd(d, factor, zd);
            factor = Vector512.Create(v[at + (3 * rank) + k]);
            wa = Vector512.FusedMultiplyAdd(a, factor, wa);
            wb = Vector512.FusedMultiplyAdd(b, factor, wb);
            wc = Vector512.FusedMultiplyAdd(c, factor, wc);
            wd = Vector512.FusedMultiplyAdd(d, factor, wd);
        }
        Store(new(xa, xb, xc, xd), target, row, keep, factors);
        Store(new(ya, yb, yc, yd), target, row + 1, keep, factors);
        Store(new(za, zb, zc, zd), target, row + 2, keep, factors);
        Store(new(wa, wb, wc, wd), target, row + 3, keep, factors);
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
        Vector512<float> a = default, b = default, c = default, d = default;
        var dense = source.Values;
        var (stride, offset) = (source.Stride, source.Offset);
        for (var i = 0; i < columns.Length; i++)
        {
            ref var first = ref MemoryMarshal.GetReference(dense.AsSpan((columns[i] * stride) + offset, Width));
            var factor = Vector512.Create(values[i]);
            a = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref first), factor, a);
            b = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref first, 16), factor, b);
            c = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref first, 32), factor, c);
            d = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref first, 48), factor, d);
        }
        return new Lanes(a, b, c, d);
    }
}
