namespace Recommendation.Import.Internals;

/// <summary>
/// Reads another stream from a place on, and puts that stream back where it was when this one is disposed.
/// </summary>
internal sealed class BorrowedStream : Stream
{
    private readonly Stream _inner;
    private readonly long _start;
    private readonly long _restored;
    private long _at;

    internal BorrowedStream(Stream inner, long start)
    {
        (_inner, _start, _at) = (inner, start, start);
        _restored = inner.Position;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _inner.Length - _start;

    public override long Position { get => _at - _start; set => _at = _start + value; }

    public override int Read(Span<byte> buffer)
    {
        _inner.Position = _at;
        var count = _inner.Read(buffer);
        _at = _inner.Position;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Position = _restored;
        base.Dispose(disposing);
    }
}
