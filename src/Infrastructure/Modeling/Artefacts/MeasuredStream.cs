namespace Recommendation.Modeling.Artefacts;

/// <summary>
/// Passes reads on, counts the bytes and keeps the last four. Together, one before and one behind a decompression tell
/// whether the end of the compressed file is there: it holds the length of the plain data, which the runtime's reader
/// does not compare.
/// </summary>
/// <param name="inner">Where the bytes come from.</param>
/// <param name="packed">If given, the packed stream that <paramref name="inner"/> unpacks: it must not unpack to much
/// more than it has.</param>
internal sealed class MeasuredStream(Stream inner, MeasuredStream? packed = null) : Stream
{
    // Gzip packs at most about 1,000 bytes in one. Models pack to a half or a fifth; small ones can have
    // long runs of zeros.
    private const int MaximumRatio = 50;
    private const long AlwaysAllowed = 16 << 20;

    /// <summary>How many bytes were read.</summary>
    public long Count { get; private set; }

    /// <summary>The last four bytes read as a little-endian number.</summary>
    public uint Tail { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        Measure(buffer[..count]);
        return count;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        Measure(buffer.Span[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Measure(ReadOnlySpan<byte> bytes)
    {
        Count += bytes.Length;
        if (packed is not null && Count > AlwaysAllowed + (MaximumRatio * packed.Count))
            throw new InvalidDataException(
                $"The archive unpacks to more than {MaximumRatio} times its size, which no model does."
            );
        foreach (var one in bytes[Math.Max(0, bytes.Length - sizeof(uint))..])
            Tail = (Tail >> 8) | ((uint)one << 24);
    }
}
