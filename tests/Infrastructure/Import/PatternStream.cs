namespace Recommendation.Import.Tests;

/// <summary>A long stream that is made as it is read: a beginning, a byte many times over, an end.</summary>
internal sealed class PatternStream(byte[] head, byte filler, long fillers, byte[] tail) : Stream
{
    private long _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _at; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count;
        if (_at < head.Length)
        {
            count = Copy(head.AsSpan((int)_at), buffer);
        }
        else if (_at < head.Length + fillers)
        {
            count = (int)Math.Min(buffer.Length, head.Length + fillers - _at);
            buffer[..count].Fill(filler);
        }
        else
        {
            count = Copy(tail.AsSpan((int)(_at - head.Length - fillers)), buffer);
        }
        _at += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static int Copy(Span<byte> from, Span<byte> to)
    {
        var count = Math.Min(from.Length, to.Length);
        from[..count].CopyTo(to);
        return count;
    }
}
