using System.Buffers.Binary;
using System.Numerics;
using Recommendation.Application.Retrieval;

namespace Recommendation.Application.Recommendations;

/// <summary>
/// The bytes of a cursor, format 2: the format, whether a place follows, the place (4 and 8 bytes), the number of
/// hashes (2 bytes), and the ascending hashes as differences in a Rice code, which takes 23 bits for
/// each of 1,500 hashes.
/// </summary>
internal static class CursorCodec
{
    private const byte Format = 2;
    private const int HeadBytes = 2;
    private const int PlaceBytes = sizeof(int) + sizeof(ulong);

    internal static byte[] Write(IReadOnlyCollection<uint> hashes, SequencePlace? place)
    {
        var size = HeadBytes + PlaceBytes + sizeof(ushort) + (hashes.Count * 3);
        var bytes = new List<byte>(size) { Format, (byte)(place is null ? 0 : 1) };
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        if (place is { } known)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, known.Candidates);
            bytes.AddRange(number[..sizeof(int)]);
            BinaryPrimitives.WriteUInt64BigEndian(number, known.Sum);
            bytes.AddRange(number);
        }
        BinaryPrimitives.WriteUInt16BigEndian(number, (ushort)hashes.Count);
        bytes.AddRange(number[..sizeof(ushort)]);
        WriteHashes(hashes, bytes);
        return [.. bytes];
    }

    /// <returns>Whether the bytes are a cursor.</returns>
    internal static bool TryRead(
        ReadOnlySpan<byte> bytes, int maximum, out HashSet<uint> hashes, out SequencePlace? place)
    {
        (hashes, place) = ([], null);
        if (bytes.Length < HeadBytes || bytes[0] != Format || bytes[1] > 1)
            return false;
        var rest = bytes[HeadBytes..];
        if (bytes[1] == 1)
        {
            if (rest.Length < PlaceBytes || BinaryPrimitives.ReadInt32BigEndian(rest) is not (> 0 and var candidates))
                return false;
            place = new SequencePlace(candidates, BinaryPrimitives.ReadUInt64BigEndian(rest[sizeof(int)..]));
            rest = rest[PlaceBytes..];
        }
        if (rest.Length < sizeof(ushort) || BinaryPrimitives.ReadUInt16BigEndian(rest) is var count && count > maximum)
            return false;
        return TryReadHashes(rest[sizeof(ushort)..], count, hashes);
    }

    /// <summary>
    /// How many low bits of a difference are written as they are: as many as the mean difference has.
    /// </summary>
    private static int LowBits(int count) => BitOperations.Log2(uint.MaxValue / (uint)Math.Max(1, count));

    private static void WriteHashes(IReadOnlyCollection<uint> hashes, List<byte> bytes)
    {
        var (low, before, at) = (LowBits(hashes.Count), 0u, 0);
        foreach (var hash in hashes.Order())
        {
            var difference = hash - before;
            before = hash;
            for (var high = difference >> low; high > 0; high--)
                Add(1);
            Add(0);
            for (var bit = low - 1; bit >= 0; bit--)
                Add((difference >> bit) & 1);
        }

        void Add(uint bit)
        {
            if (at++ % 8 == 0)
                bytes.Add(0);
            bytes[^1] |= (byte)(bit << (7 - ((at - 1) % 8)));
        }
    }

    private static bool TryReadHashes(ReadOnlySpan<byte> bytes, int count, HashSet<uint> hashes)
    {
        var (low, before, at) = (LowBits(count), 0UL, 0);
        for (var i = 0; i < count; i++)
        {
            var difference = 0UL;
            int bit;
            while ((bit = Next(bytes, ref at)) == 1)
                difference++;
            for (var left = low; bit >= 0 && left > 0; left--)
            {
                bit = Next(bytes, ref at);
                difference = (difference << 1) | (uint)Math.Max(0, bit);
            }
            before += difference;
            if (bit < 0 || before > uint.MaxValue || !hashes.Add((uint)before))
                return false;
        }
        // Whole bytes and no more: what follows was not written here.
        return bytes.Length == (at + 7) / 8;
    }

    /// <returns>The next bit; −1 after the end.</returns>
    private static int Next(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (at >= bytes.Length * 8)
            return -1;
        var bit = (bytes[at / 8] >> (7 - (at % 8))) & 1;
        at++;
        return bit;
    }
}
