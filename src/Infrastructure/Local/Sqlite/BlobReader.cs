using System.Buffers.Binary;
using System.Text;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// Reads what <see cref="BlobWriter"/> wrote. A blob that ends too early, or says what can't be, is damaged.
/// </summary>
internal ref struct BlobReader(ReadOnlySpan<byte> blob, string what)
{
    private readonly ReadOnlySpan<byte> _blob = blob;
    private readonly string _what = what;
    private int _at;

    /// <summary>How far it is read.</summary>
    internal readonly int At => _at;

    /// <summary>Reads the leading version byte.</summary>
    /// <exception cref="StoredFormatException">It is not one of 1 … <paramref name="newest"/>.</exception>
    internal int Version(int newest)
    {
        int version = Byte();
        if (version >= 1 && version <= newest)
            return version;
        throw new StoredFormatException(
            $"A stored {_what} is of format {version}, and this program knows formats 1 to {newest}: use a newer "
                + "program."
        );
    }

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

    /// <summary>How many things follow, each of at least one byte.</summary>
    internal int Count()
    {
        var count = Unsigned();
        return count <= (ulong)(_blob.Length - _at) ? (int)count : throw Damaged();
    }

    internal long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    internal ulong Fixed() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    internal double Double() => BitConverter.UInt64BitsToDouble(Fixed());

    internal byte[] Bytes() => Take(Count()).ToArray();

    internal string Text() => Encoding.UTF8.GetString(Take(Count()));

    internal ItemId Item() => ItemId.FromStored(ItemTexts.Of(Take(Count())));

    internal void SkipText() => Take(Count());

    /// <summary>The bytes from a place that was read before to where it is now.</summary>
    internal readonly ReadOnlySpan<byte> Since(int start) => _blob[start.._at];

    internal InteractionType Type() => KnownTypes.Read(ref this);

    internal DateTimeOffset Milliseconds()
    {
        const long earliest = -62_135_596_800_000, latest = 253_402_300_799_999;
        var time = Signed();
        return time is >= earliest and <= latest ? DateTimeOffset.FromUnixTimeMilliseconds(time) : throw Damaged();
    }

    internal readonly StoredFormatException Damaged(Exception? inner = null) =>
        new($"A stored {_what} is damaged at byte {_at} of {_blob.Length}: restore the database from a backup.", inner);

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _blob.Length - _at)
            throw Damaged();
        var taken = _blob.Slice(_at, length);
        _at += length;
        return taken;
    }
}
