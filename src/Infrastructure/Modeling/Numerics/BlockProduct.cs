using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
    public static void MultiplyDense(float[] v, int rank, float[] p, float[] target)
    {
        var rows = v.Length / rank;
        var row = 0;
        for (; row + 4 <= rows; row += 4)
            FourRows(v, row * rank, rank, p, target, row * Width);
        for (; row < rows; row++)
        {
            var sum = default(Lanes);
            for (var k = 0; k < rank; k++)
                sum += Lanes.Load(p, k * Width) * v[(row * rank) + k];
            sum.Store(target, row * Width);
        }
    }

    // Four rows at once read p, which does not fit the first-level cache, a quarter as often.
    private static void FourRows(float[] v, int at, int rank, float[] p, float[] target, int to)
    {
        Lanes a = default, b = default, c = default, d = default;
        for (var k = 0; k < rank; k++)
        {
            var lanes = Lanes.Load(p, k * Width);
            a = lanes.MultiplyAdd(v[at + k], a);
            b = lanes.MultiplyAdd(v[at + rank + k], b);
            c = lanes.MultiplyAdd(v[at + (2 * rank) + k], c);
            d = lanes.MultiplyAdd(v[at + (3 * rank) + k], d);
        }
        a.Store(target, to);
        b.Store(target, to + Width);
        c.Store(target, to + (2 * Width));
        d.Store(target, to + (3 * Width));
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

    /// <summary>64 numbers in four registers.</summary>
    private readonly struct Lanes(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        private readonly Vector512<float> _a = a;
        private readonly Vector512<float> _b = b;
        private readonly Vector512<float> _c = c;
        private readonly Vector512<float> _d = d;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lanes Load(float[] source, int at)
        {
            ref var first = ref MemoryMarshal.GetReference(source.AsSpan(at, Width));
            return new(
                Vector512.LoadUnsafe(ref first), Vector512.LoadUnsafe(ref first, 16),
                Vector512.LoadUnsafe(ref first, 32), Vector512.LoadUnsafe(ref first, 48));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(float[] target, int at)
        {
            ref var first = ref MemoryMarshal.GetReference(target.AsSpan(at, Width));
            _a.StoreUnsafe(ref first);
            _b.StoreUnsafe(ref first, 16);
            _c.StoreUnsafe(ref first, 32);
            _d.StoreUnsafe(ref first, 48);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Lanes MultiplyAdd(float factor, in Lanes sum)
        {
            var factors = Vector512.Create(factor);
            return new(
                Vector512.FusedMultiplyAdd(_a, factors, sum._a), Vector512.FusedMultiplyAdd(_b, factors, sum._b),
                Vector512.FusedMultiplyAdd(_c, factors, sum._c), Vector512.FusedMultiplyAdd(_d, factors, sum._d));
        }

        public static Lanes operator +(in Lanes x, in Lanes y) => new(x._a + y._a, x._b + y._b, x._c + y._c, x._d + y._d);

        public static Lanes operator -(in Lanes x, in Lanes y) => new(x._a - y._a, x._b - y._b, x._c - y._c, x._d - y._d);

        public static Lanes operator *(in Lanes x, float y) => new(x._a * y, x._b * y, x._c * y, x._d * y);
    }
}
