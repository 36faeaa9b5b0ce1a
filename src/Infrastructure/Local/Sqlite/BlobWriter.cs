using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Recommendation.Domain.Interactions;

namespace Recommendation.Local.Sqlite;

/// <summary>Writes the parts of stored blobs: numbers in 7 bits a byte, texts with their length before them.</summary>
internal sealed class BlobWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    internal int Length => _buffer.WrittenCount;

    internal ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    internal void Clear() => _buffer.ResetWrittenCount();

    internal void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    internal void Unsigned(ulong value)
    {
        var span = _buffer.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        _buffer.Advance(length);
    }

    internal void Count(int value) => Unsigned((ulong)value);

    /// <summary>A number of either sign; small ones of both are short.</summary>
    internal void Signed(long value) => Unsigned(((ulong)value << 1) ^ (ulong)(value >> 63));

    internal void Fixed(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
    }

    internal void Double(double value) => Fixed(BitConverter.DoubleToUInt64Bits(value));

    internal void Bytes(ReadOnlySpan<byte> value)
    {
        Count(value.Length);
        _buffer.Write(value);
    }

    internal void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Count(length);
        _buffer.Advance(Encoding.UTF8.GetBytes(value, _buffer.GetSpan(length)));
    }

    internal void Type(InteractionType type) => KnownTypes.Write(this, type);

    internal void Milliseconds(DateTimeOffset time) => Signed(time.ToUnixTimeMilliseconds());
}
