namespace Recommendation.Import.Internals;

/// <summary>Reads another stream from a place on, and puts that stream back where it was when this one is disposed.</summary>
internal sealed class BorrowedStream(Stream inner, long start) : Stream
{
    private readonly long _restored = inner.Position;
    private long _at = start;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position { get => _at; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        inner.Position = _at;
        var count = inner.Read(buffer);
        _at = inner.Position;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Position = _restored;
        base.Dispose(disposing);
    }
}
