using System.Buffers.Binary;

namespace Recommendation.Aws.Kinesis.Records;

/// <summary>The fields of a message in protocol buffers, one after the other.</summary>
/// <remarks>https://protobuf.dev/programming-guides/encoding/</remarks>
internal struct ProtocolFields(ReadOnlyMemory<byte> message)
{
    private int _at;

    internal int Number { get; private set; }

    /// <summary>Whether the field is <see cref="Bytes"/>; else it is <see cref="Value"/>.</summary>
    internal bool IsBytes { get; private set; }

    internal ulong Value { get; private set; }

    internal ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Whether the message ended in the middle of a field, or holds what no field is.</summary>
    internal bool IsBroken { get; private set; }

    internal bool Next()
    {
        if (IsBroken || _at == message.Length)
            return false;
        var tag = Varint();
        Number = (int)(tag >> 3);
        IsBytes = (tag & 7) == 2;
        (Value, Bytes) = (0, default);
        switch (tag & 7)
        {
            case 0:
                Value = Varint();
                break;
            case 1:
                Value = Take(8) is { Length: 8 } eight ? BinaryPrimitives.ReadUInt64LittleEndian(eight.Span) : 0;
                break;
            case 2:
                Bytes = Take(Varint());
                break;
            case 5:
                Value = Take(4) is { Length: 4 } four ? BinaryPrimitives.ReadUInt32LittleEndian(four.Span) : 0;
                break;
            default:
                IsBroken = true;
                break;
        }
        return !IsBroken;
    }

    private ulong Varint()
    {
        var value = 0ul;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_at == message.Length)
                break;
            var next = message.Span[_at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        IsBroken = true;
        return 0;
    }

    private ReadOnlyMemory<byte> Take(ulong length)
    {
        if (IsBroken || length > (ulong)(message.Length - _at))
        {
            IsBroken = true;
            return default;
        }
        var taken = message.Slice(_at, (int)length);
        _at += (int)length;
        return taken;
    }
}
