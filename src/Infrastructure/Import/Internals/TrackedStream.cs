namespace Recommendation.Import.Internals;

/// <summary>
/// A stream that counts what is read, lets its first bytes be looked at (pipes can't be rewound), and can be given
/// more bytes once it has ended.
/// </summary>
internal sealed class TrackedStream(Stream inner) : ForwardStream
{
    private ReadOnlyMemory<byte> _own;
    private long _bytesRead;
    private bool _appended;

    /// <summary>Bytes of the file so far; may be read from another thread.</summary>
    internal long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>
    /// The first bytes, which stay to be read; fewer where the stream is shorter. To be called before the first read.
    /// </summary>
    internal ReadOnlyMemory<byte> Peek(int count)
    {
        var head = new byte[count];
        _own = head.AsMemory(0, inner.ReadAtLeast(head, count, throwOnEndOfStream: false));
        return _own;
    }

    /// <summary>Gives the reader these bytes after the end.</summary>
    internal void Append(ReadOnlyMemory<byte> bytes) => (_own, _appended) = (bytes, true);

    public override int Read(Span<byte> buffer)
    {
        int count;
        if (_own.IsEmpty)
        {
            count = inner.Read(buffer);
        }
        else
        {
            count = Math.Min(buffer.Length, _own.Length);
            _own.Span[..count].CopyTo(buffer);
            _own = _own[count..];
        }
        if (!_appended)
            Interlocked.Add(ref _bytesRead, count);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
