using System.Buffers.Binary;
using System.IO.Compression;

namespace Recommendation.Modeling.Histories;

/// <summary>Writes the header of a history file and then its sections.</summary>
internal sealed class SectionWriter
{
    /// <summary>A higher quality saves 3 % and takes several times as long.</summary>
    private const int Quality = 5;
    private const int Window = 22;

    private readonly Stream _output;
    private byte[] _packed = [];
    private uint _number;

    public SectionWriter(Stream output)
    {
        _output = output;
        output.Write(HistoryFormat.Header());
    }

    public void Write(SectionKind kind, ReadOnlySpan<byte> raw)
    {
        if (raw.Length > HistoryFormat.MaximumRaw)
            throw new InvalidOperationException($"A section of a history file has {raw.Length} bytes.");
        var most = BrotliEncoder.GetMaxCompressedLength(raw.Length);
        if (_packed.Length < most)
            _packed = new byte[most];
        if (!BrotliEncoder.TryCompress(raw, _packed, out var length, Quality, Window))
            throw new InvalidOperationException("A section of a history file can't be packed.");
        Span<byte> header = stackalloc byte[HistoryFormat.SectionHeaderLength];
        header[0] = (byte)kind;
        BinaryPrimitives.WriteUInt32LittleEndian(header[1..], _number++);
        BinaryPrimitives.WriteInt32LittleEndian(header[5..], raw.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[9..], length);
        _output.Write(header);
        _output.Write(_packed, 0, length);
        _output.Write(HistoryFormat.Checksum(header, _packed.AsSpan(0, length)));
    }
}
