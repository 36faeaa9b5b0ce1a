using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Recommendation.Modeling.Histories;

/// <summary>
/// Reads the sections of a history file one after the other. Lengths are checked before memory is allocated, and the
/// checksum before anything is unpacked.
/// </summary>
internal sealed class SectionReader
{
    private readonly Stream _input;
    private byte[] _packed = [];
    private byte[] _raw = [];
    private uint _number;

    /// <exception cref="InvalidDataException">It is not a history file that this version reads.</exception>
    public SectionReader(Stream input)
    {
        _input = input;
        Span<byte> header = stackalloc byte[HistoryFormat.HeaderLength];
        input.ReadExactly(header);
        HistoryFormat.CheckHeader(header);
    }

    /// <summary>The place of the next section, to which <see cref="Return"/> goes back.</summary>
    public (long Position, uint Number) Place => (_input.Position, _number);

    public void Return((long Position, uint Number) place) =>
        (_input.Position, _number) = place;

    /// <returns>The kind, and the unpacked bytes; they are valid until the next call.</returns>
    /// <exception cref="InvalidDataException">The section is damaged.</exception>
    /// <exception cref="EndOfStreamException">The file ends too early.</exception>
    public (SectionKind Kind, ReadOnlyMemory<byte> Raw) Next()
    {
        Span<byte> header = stackalloc byte[HistoryFormat.SectionHeaderLength];
        _input.ReadExactly(header);
        var rawLength = BinaryPrimitives.ReadInt32LittleEndian(header[5..]);
        var length = BinaryPrimitives.ReadInt32LittleEndian(header[9..]);
        if (rawLength is < 1 or > HistoryFormat.MaximumRaw
            || length < 1 || length > BrotliEncoder.GetMaxCompressedLength(rawLength)
            || BinaryPrimitives.ReadUInt32LittleEndian(header[1..]) != _number)
            throw Damaged();
        if (length > _input.Length - _input.Position)
            throw new EndOfStreamException();
        if (_packed.Length < length)
            _packed = new byte[length];
        _input.ReadExactly(_packed, 0, length);
        Span<byte> checksum = stackalloc byte[SHA256.HashSizeInBytes];
        _input.ReadExactly(checksum);
        if (!checksum.SequenceEqual(HistoryFormat.Checksum(header, _packed.AsSpan(0, length))))
            throw Damaged();
        if (_raw.Length < rawLength)
            _raw = new byte[rawLength];
        if (!BrotliDecoder.TryDecompress(_packed.AsSpan(0, length), _raw.AsSpan(0, rawLength), out var written)
            || written != rawLength)
            throw Damaged();
        _number++;
        return ((SectionKind)header[0], _raw.AsMemory(0, rawLength));
    }

    /// <exception cref="InvalidDataException">Something follows the last section.</exception>
    public void End()
    {
        if (_input.Position != _input.Length)
            throw new InvalidDataException("something follows its end");
    }

    private InvalidDataException Damaged() => new($"section {_number} is damaged");
}
