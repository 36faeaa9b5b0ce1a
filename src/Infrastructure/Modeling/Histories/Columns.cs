using System.Buffers;
using System.Buffers.Binary;

namespace Recommendation.Modeling.Histories;

/// <summary>Writes the numbers of a column: seven bits a byte, the lowest first.</summary>
internal static class ColumnWriter
{
    public static void Put(this ArrayBufferWriter<byte> column, ulong value)
    {
        var bytes = column.GetSpan(10);
        var count = 0;
        for (; value >= 0x80; value >>= 7)
            bytes[count++] = (byte)(value | 0x80);
        bytes[count++] = (byte)value;
        column.Advance(count);
    }

    public static void Put(this ArrayBufferWriter<byte> column, int value) => column.Put((ulong)value);

    /// <summary>Numbers near 0 become short, whatever their sign.</summary>
    public static void PutSigned(this ArrayBufferWriter<byte> column, long value) =>
        column.Put((ulong)((value << 1) ^ (value >> 63)));

    public static void Put(this ArrayBufferWriter<byte> column, double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(column.GetSpan(sizeof(double)), value);
        column.Advance(sizeof(double));
    }

    /// <summary>An id as what it shares with the one before, and the rest.</summary>
    public static void PutId(this ArrayBufferWriter<byte> column, ReadOnlySpan<byte> id, ReadOnlySpan<byte> before)
    {
        var shared = id.CommonPrefixLength(before);
        column.Put(shared);
        column.Put(id.Length - shared);
        column.Write(id[shared..]);
    }

    /// <summary>A whole column with its length.</summary>
    public static void PutColumn(this ArrayBufferWriter<byte> section, ArrayBufferWriter<byte> column)
    {
        section.Put(column.WrittenCount);
        section.Write(column.WrittenSpan);
    }
}

/// <summary>Reads a column without trusting it.</summary>
internal ref struct ColumnReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsEmpty => _rest.IsEmpty;

    /// <exception cref="InvalidDataException">There is no such number.</exception>
    public ulong Number()
    {
        var value = 0ul;
        for (var (at, shift) = (0, 0); at < _rest.Length && shift < 64; at++, shift += 7)
        {
            value |= (ulong)(_rest[at] & 0x7f) << shift;
            if (_rest[at] >= 0x80)
                continue;
            _rest = _rest[(at + 1)..];
            return value;
        }
        throw Damaged();
    }

    /// <exception cref="InvalidDataException">It is greater than the maximum.</exception>
    public int Number(long maximum)
    {
        var value = Number();
        return value <= (ulong)Math.Min(maximum, int.MaxValue) ? (int)value : throw Damaged();
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
            throw Damaged();
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>Reads an id over the one before.</summary>
    /// <param name="id">The id before; receives this one.</param>
    /// <param name="length">The length of the id before; receives that of this one.</param>
    public void Id(scoped Span<byte> id, scoped ref int length)
    {
        var shared = Number(length);
        var rest = Number(id.Length - shared);
        Take(rest).CopyTo(id[shared..]);
        length = shared + rest;
        if (length == 0)
            throw Damaged();
    }

    public ColumnReader Column() => new(Take(Number(_rest.Length)));

    /// <exception cref="InvalidDataException">Something is left.</exception>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
            throw Damaged();
    }

    public static InvalidDataException Damaged() => new("a section holds what no section can hold");
}
