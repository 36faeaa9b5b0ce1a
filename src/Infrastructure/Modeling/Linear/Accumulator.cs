using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Recommendation.Modeling.Linear;

/// <summary>
/// Sums sparse rows into a dense row, and records which blocks of 64 columns have been touched. Reading and clearing
/// cost as much as was added, and do not depend on the number of columns.
/// </summary>
internal sealed class Accumulator
{
    private const int BlockShift = 6;
    private const int BlockLength = 1 << BlockShift;

    private readonly float[] _values;
    private readonly byte[] _touched;

    public Accumulator(int columns)
    {
        Columns = columns;
        var blocks = (columns + BlockLength - 1) >> BlockShift;
        _values = new float[blocks << BlockShift];
        _touched = new byte[blocks];
    }

    public int Columns { get; }

    /// <summary>The sums so far.</summary>
    public ReadOnlySpan<float> Values => _values.AsSpan(0, Columns);

    public float this[int column] => _values[column];

    /// <summary>
    /// Adds <c>factor · values</c> at the columns. The columns must be within range: they are not checked again here.
    /// </summary>
    public void Add(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, float factor)
    {
        // Unchecked: the bounds checks took a third of the time. Columns are checked when a model is loaded or trained.
        ref var sums = ref MemoryMarshal.GetArrayDataReference(_values);
        ref var touched = ref MemoryMarshal.GetArrayDataReference(_touched);
        ref var column = ref MemoryMarshal.GetReference(columns);
        ref var value = ref MemoryMarshal.GetReference(values);
        var count = Math.Min(columns.Length, values.Length);
        for (nint i = 0; i < count; i++)
        {
            var at = (nint)(uint)Unsafe.Add(ref column, i);
            ref var sum = ref Unsafe.Add(ref sums, at);
            sum = MathF.FusedMultiplyAdd(factor, Unsafe.Add(ref value, i), sum);
            Unsafe.Add(ref touched, at >> BlockShift) = 1;
        }
    }

    /// <summary>
    /// As <see cref="Add(ReadOnlySpan{int}, ReadOnlySpan{float}, float)"/>, without remembering what was touched: a
    /// third faster. To be followed by <see cref="MarkAll"/>, so worth it where most of the columns
    /// will be touched anyway.
    /// </summary>
    public void AddUnmarked(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, float factor)
    {
        ref var sums = ref MemoryMarshal.GetArrayDataReference(_values);
        ref var column = ref MemoryMarshal.GetReference(columns);
        ref var value = ref MemoryMarshal.GetReference(values);
        nint count = Math.Min(columns.Length, values.Length);
        nint i = 0;
        // Four at a time; the columns of a row differ, so the loads need not wait for the stores.
        for (; i + 4 <= count; i += 4)
        {
            ref var a = ref Unsafe.Add(ref sums, (nint)(uint)Unsafe.Add(ref column, i));
            ref var b = ref Unsafe.Add(ref sums, (nint)(uint)Unsafe.Add(ref column, i + 1));
            ref var c = ref Unsafe.Add(ref sums, (nint)(uint)Unsafe.Add(ref column, i + 2));
            ref var d = ref Unsafe.Add(ref sums, (nint)(uint)Unsafe.Add(ref column, i + 3));
            var x = MathF.FusedMultiplyAdd(factor, Unsafe.Add(ref value, i), a);
            var y = MathF.FusedMultiplyAdd(factor, Unsafe.Add(ref value, i + 1), b);
            var z = MathF.FusedMultiplyAdd(factor, Unsafe.Add(ref value, i + 2), c);
            var w = MathF.FusedMultiplyAdd(factor, Unsafe.Add(ref value, i + 3), d);
            (a, b, c, d) = (x, y, z, w);
        }
        for (; i < count; i++)
        {
            ref var sum = ref Unsafe.Add(ref sums, (nint)(uint)Unsafe.Add(ref column, i));
            sum = MathF.FusedMultiplyAdd(factor, Unsafe.Add(ref value, i), sum);
        }
    }

    /// <summary>Takes every column for touched.</summary>
    public void MarkAll() => _touched.AsSpan().Fill(1);

    /// <summary>Adds to one sum.</summary>
    public void Add(int column, float value)
    {
        _values[column] += value;
        _touched[column >> BlockShift] = 1;
    }

    /// <summary>Replaces one sum.</summary>
    public void Set(int column, float value)
    {
        _values[column] = value;
        _touched[column >> BlockShift] = 1;
    }

    /// <summary>Multiplies the touched sums with the factors of their columns.</summary>
    public void Scale(ReadOnlySpan<float> factors)
    {
        for (var block = NextTouched(0); block >= 0; block = NextTouched(block + 1))
        {
            var start = block << BlockShift;
            var end = Math.Min(start + BlockLength, Columns);
            System.Numerics.Tensors.TensorPrimitives.Multiply(
                _values.AsSpan(start..end),
                factors[start..end],
                _values.AsSpan(start..end)
            );
        }
    }

    /// <summary>
    /// A lower bound that at least <paramref name="count"/> sums reach: of the maxima of 64 groups of columns, the one
    /// of that rank. It is close to the sum of that rank (for 20, at about the 24th). A selection that starts with this
    /// bound gets few values that it drops again. A bound that is too low costs more than reading 16 columns.
    /// </summary>
    /// <returns>0 where nothing is known: of more sums than half of the groups, or of fewer positive ones.</returns>
    public float ReachedBy(int count)
    {
        if (count is < 1 or > BlockLength / 2)
            return 0;
        var (a, b, c, d) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        ref var values = ref MemoryMarshal.GetArrayDataReference(_values);
        for (nuint at = 0; at < (nuint)_values.Length; at += BlockLength)
        {
            a = Vector512.MaxNative(a, Vector512.LoadUnsafe(ref values, at));
            b = Vector512.MaxNative(b, Vector512.LoadUnsafe(ref values, at + 16));
            c = Vector512.MaxNative(c, Vector512.LoadUnsafe(ref values, at + 32));
            d = Vector512.MaxNative(d, Vector512.LoadUnsafe(ref values, at + 48));
        }
        Span<float> maxima = stackalloc float[BlockLength];
        a.CopyTo(maxima);
        b.CopyTo(maxima[16..]);
        c.CopyTo(maxima[32..]);
        d.CopyTo(maxima[48..]);
        maxima.Sort();
        return maxima[^count];
    }

    /// <summary>Offers the touched sums to a selection, in ascending order.</summary>
    public void OfferTo(TopK selector)
    {
        for (var block = NextTouched(0); block >= 0; block = NextTouched(block + 1))
        {
            var start = block << BlockShift;
            // One branch for a block: nearly all of them have nothing to offer.
            if (!Vector512.GreaterThanAny(Greatest(start), Vector512.Create(selector.Threshold)))
                continue;
            for (var at = start; at < start + BlockLength; at += Vector512<float>.Count)
            {
                var above = Vector512
                    .GreaterThan(Vector512.LoadUnsafe(ref _values[at]), Vector512.Create(selector.Threshold))
                    .ExtractMostSignificantBits();
                for (; above != 0; above &= above - 1)
                {
                    var column = at + BitOperations.TrailingZeroCount(above);
                    selector.Offer(_values[column], column);
                }
            }
        }
    }

    /// <summary>The greatest of each four of a block's columns.</summary>
    private Vector512<float> Greatest(int start)
    {
        ref var values = ref MemoryMarshal.GetArrayDataReference(_values);
        var at = (nuint)start;
        return Vector512.MaxNative(
            Vector512.MaxNative(Vector512.LoadUnsafe(ref values, at), Vector512.LoadUnsafe(ref values, at + 16)),
            Vector512.MaxNative(Vector512.LoadUnsafe(ref values, at + 32), Vector512.LoadUnsafe(ref values, at + 48)));
    }

    /// <summary>Sets the touched sums to 0.</summary>
    public void Clear()
    {
        for (var block = NextTouched(0); block >= 0; block = NextTouched(block + 1))
        {
            _values.AsSpan(block << BlockShift, BlockLength).Clear();
            _touched[block] = 0;
        }
    }

    /// <summary>The next touched block; eight untouched ones are passed in one step.</summary>
    private int NextTouched(int from)
    {
        var touched = _touched;
        for (var block = from; block < touched.Length; block++)
        {
            if (touched[block] != 0)
                return block;
            while (
                (block & 7) == 7
                && block + 8 < touched.Length
                && Unsafe.ReadUnaligned<ulong>(ref touched[block + 1]) == 0
            )
                block += 8;
        }
        return -1;
    }
}
