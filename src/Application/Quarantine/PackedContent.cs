using System.Buffers;
using System.IO.Compression;

namespace Recommendation.Application.Quarantine;

/// <summary>
/// Searches what is packed with gzip in a record, wherever it begins: a whole record, or the user records of an
/// aggregated one. It is unpacked piece by piece, so a record that unpacks to a gigabyte takes no more memory than a
/// small one.
/// </summary>
internal static class PackedContent
{
    /// <summary>How much of a record is unpacked: as much as the largest one can hold.</summary>
    internal const long MaximumUnpacked = 1L << 30;

    // As many as a record may have user records. What only looks like the beginning of a packed part counts, too.
    private const int MaximumParts = 16_384;

    private const int Piece = 256 * 1024;

    // The longest id, each byte written as an escape, and a letter on either side.
    private const int Overlap = (256 * 6) + 12;

    private static ReadOnlySpan<byte> Start => [0x1F, 0x8B, 8];

    /// <summary>Whether a packed part holds what is searched for.</summary>
    /// <param name="bytes">The record.</param>
    /// <param name="maximumUnpacked">How many bytes may be unpacked.</param>
    /// <param name="isFound">Searches a piece; pieces overlap by more than an id is long.</param>
    /// <returns>Also true if the record is too much to be searched: then nobody can say that it does not.</returns>
    internal static bool Holds(ReadOnlySpan<byte> bytes, long maximumUnpacked, Func<ReadOnlyMemory<byte>, bool> isFound)
    {
        if (bytes.IndexOf(Start) < 0)
            return false;
        var (record, left, parts) = (bytes.ToArray(), maximumUnpacked, 0);
        for (int at = 0, next; (next = record.AsSpan(at).IndexOf(Start)) >= 0; at += next + 1)
        {
            if (++parts > MaximumParts || HoldsPart(record, at + next, isFound, ref left))
                return true;
        }
        return false;
    }

    private static bool HoldsPart(byte[] record, int start, Func<ReadOnlyMemory<byte>, bool> isFound, ref long left)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Overlap + Piece);
        try
        {
            using var part = new MemoryStream(record, start, record.Length - start, writable: false);
            using var gzip = new GZipStream(part, CompressionMode.Decompress);
            for (var kept = 0; ;)
            {
                var read = ReadSome(gzip, buffer.AsSpan(kept, Piece), out var isEnd);
                left -= read;
                if (left < 0 || (read > 0 && isFound(buffer.AsMemory(0, kept + read))))
                    return true;
                if (isEnd)
                    return false;
                var overlap = Math.Min(Overlap, kept + read);
                buffer.AsSpan(kept + read - overlap, overlap).CopyTo(buffer);
                kept = overlap;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Reads until the piece is full, or the packed part ends or is damaged.</summary>
    private static int ReadSome(GZipStream gzip, Span<byte> piece, out bool isEnd)
    {
        var total = 0;
        isEnd = false;
        while (total < piece.Length && !isEnd)
        {
            try
            {
                var read = gzip.Read(piece[total..]);
                total += read;
                isEnd = read == 0;
            }
            catch (InvalidDataException)
            {
                isEnd = true; // It only looks like gzip from here on.
            }
        }
        return total;
    }
}
