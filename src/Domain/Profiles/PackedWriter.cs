using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Recommendation.Domain.Profiles;

/// <summary>Writes numbers in 7 bits a byte, and texts with their length before them.</summary>
internal readonly struct PackedWriter(ArrayBufferWriter<byte> buffer)
{
    internal void Byte(byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }

    internal void Bytes(ReadOnlySpan<byte> value) => buffer.Write(value);

    internal void Unsigned(ulong value)
    {
        var span = buffer.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        buffer.Advance(length);
    }

    /// <summary>A number of either sign; small ones of both are short.</summary>
    internal void Signed(long value) => Unsigned(((ulong)value << 1) ^ (ulong)(value >> 63));

    internal void Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(buffer.GetSpan(8), value);
        buffer.Advance(8);
    }

    internal void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Unsigned((ulong)length);
        buffer.Advance(Encoding.UTF8.GetBytes(value, buffer.GetSpan(length)));
    }
}
