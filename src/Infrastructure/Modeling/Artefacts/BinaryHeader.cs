using System.Buffers.Binary;

namespace Recommendation.Modeling.Artefacts;

/// <summary>
/// The first 64 bytes of <c>model.bin</c> (little-endian): "RECMODEL", format (int32), items n (int32), entries e
/// (int64), bytes of ids (int64), scale (float32), zeros. Then: lengths of ids (n × uint16), ids (UTF-8), row offsets
/// ((n + 1) × int32), columns (e × int32), values (e × float16), popularity (n × float32), SHA-256 of all before it.
/// </summary>
internal readonly record struct BinaryHeader(int Items, long Entries, long IdBytes, float Scale)
{
    public const int Format = 1;
    public const int Length = 64;
    public const int HashLength = 32;
    public const int MaximumItems = 100_000_000;
    public const int MaximumRow = 5_000;
    private const int MaximumIdBytes = 256;

    private static ReadOnlySpan<byte> Magic => "RECMODEL"u8;

    public long TotalBytes =>
        Length + (2L * Items) + IdBytes + (4L * (Items + 1L)) + (6 * Entries) + (4L * Items) + HashLength;

    public void WriteTo(Span<byte> bytes)
    {
        bytes[..Length].Clear();
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], Format);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], Items);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Entries);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], IdBytes);
        BinaryPrimitives.WriteSingleLittleEndian(bytes[32..], Scale);
    }

    /// <exception cref="InvalidDataException">It is no such header, or a length is out of bounds.</exception>
    public static BinaryHeader Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Magic))
            throw new InvalidDataException("model.bin does not begin as a model does.");
        var format = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (format != Format)
            throw new InvalidDataException($"model.bin has format {format}; this version reads {Format}.");
        var header = new BinaryHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadSingleLittleEndian(bytes[32..]));
        if (!header.IsWithinBounds || bytes[36..Length].ContainsAnyExcept((byte)0))
            throw new InvalidDataException("model.bin has a length that is out of bounds.");
        return header;
    }

    private bool IsWithinBounds =>
        Items is >= 1 and <= MaximumItems
        && IdBytes >= Items && IdBytes <= (long)MaximumIdBytes * Items
        && Entries >= 0 && Entries <= Math.Min((long)MaximumRow * Items, Array.MaxLength)
        && float.IsFinite(Scale) && Scale > 0;
}
