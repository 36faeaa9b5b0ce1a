using System.Buffers.Binary;
using System.Text;
using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>
/// Reads what <see cref="PackedWriter"/> wrote; each method throws <see cref="FormatException"/> where the bytes end
/// early or can't be.
/// </summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    internal readonly bool IsAtEnd => _at == _bytes.Length;

    internal byte Byte() => Take(1)[0];

    internal ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }
        throw Damaged();
    }

    internal long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>How many things follow, each of at least so many bytes.</summary>
    internal int Count(int bytesOfEach)
    {
        var count = Unsigned();
        return count <= (ulong)((_bytes.Length - _at) / bytesOfEach) ? (int)count : throw Damaged();
    }

    internal double Double() =>
        BinaryPrimitives.ReadDoubleLittleEndian(Take(8)) is var value && double.IsFinite(value)
            ? value
            : throw Damaged();

    internal string Text() => Encoding.UTF8.GetString(Take(Count(bytesOfEach: 1)));

    internal void SkipItem()
    {
        if (Take(Count(bytesOfEach: 1)).IsEmpty)
            throw Damaged();
    }

    /// <summary>An item, of which at least one byte was stored.</summary>
    internal ItemId Item() => Text() is { Length: > 0 } id ? ItemId.FromStored(id) : throw Damaged();

    internal static DateTimeOffset Time(long milliseconds)
    {
        const long earliest = -62_135_596_800_000,
            latest = 253_402_300_799_999;
        return milliseconds is >= earliest and <= latest
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : throw Damaged();
    }

    internal static FormatException Damaged() => new("The stored history is damaged.");

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _bytes.Length - _at)
            throw Damaged();
        var taken = _bytes.Slice(_at, length);
        _at += length;
        return taken;
    }
}
