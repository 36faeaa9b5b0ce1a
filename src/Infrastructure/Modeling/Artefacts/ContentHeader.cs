using System.Buffers.Binary;
using Recommendation.Modeling.Trainers.Content;

namespace Recommendation.Modeling.Artefacts;

/// <summary>
/// The first 32 bytes of <c>content.bin</c> (little-endian): "RECCONT" and a zero, format (int32), items n (int32),
/// features f (int32), entries e (int64), zeros. Then: hashes (f × uint64), kinds (f × uint8), rarities (f × float32),
/// offsets ((n + 1) × int32), features (e × int32), values (e × float16), SHA-256 of all before it. The kinds are in
/// the manifest.
/// </summary>
internal readonly record struct ContentHeader(int Items, int Features, long Entries)
{
    public const int Length = 32;
    private const int Format = 1;

    private static ReadOnlySpan<byte> Magic => "RECCONT\0"u8;

    public long TotalBytes =>
        Length + (13L * Features) + (4L * (Items + 1L)) + (6 * Entries) + BinaryHeader.HashLength;

    public void WriteTo(Span<byte> bytes)
    {
        bytes[..Length].Clear();
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], Format);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], Items);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], Features);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[20..], Entries);
    }

    /// <exception cref="InvalidDataException">It is no such header, or a length is out of bounds.</exception>
    public static ContentHeader Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Magic))
            throw new InvalidDataException("content.bin does not begin as content does.");
        if (BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) is not Format and var format)
            throw new InvalidDataException($"content.bin has format {format}; this version reads {Format}.");
        var header = new ContentHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[20..]));
        return header.IsWithinBounds && !bytes[28..Length].ContainsAnyExcept((byte)0)
            ? header
            : throw new InvalidDataException("content.bin has a length that is out of bounds.");
    }

    private bool IsWithinBounds =>
        Items is >= 1 and <= BinaryHeader.MaximumItems
        && Features is >= 0 and <= ContentIndex.MaximumVocabulary
        && Entries >= 0 && Entries <= Math.Min((long)ContentIndex.MaximumFeatures * Items, Array.MaxLength);
}
