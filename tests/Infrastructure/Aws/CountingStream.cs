namespace Recommendation.Aws.Tests;

/// <summary>Bytes of a known pattern that are nowhere in memory.</summary>
internal sealed class CountingStream(long length) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    /// <summary>Reads both to the end and compares them.</summary>
    internal async Task AssertSameAsync(Stream other)
    {
        var (mine, theirs) = (new byte[65_536], new byte[65_536]);
        while (true)
        {
            var expected = await this.ReadAtLeastAsync(mine, mine.Length, throwOnEndOfStream: false);
            var actual = await other.ReadAtLeastAsync(theirs, theirs.Length, throwOnEndOfStream: false);
            Assert.True(mine.AsSpan(0, expected).SequenceEqual(theirs.AsSpan(0, actual)));
            if (expected == 0)
                return;
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = (int)Math.Min(count, length - _position);
        for (var i = 0; i < read; i++)
            buffer[offset + i] = (byte)((_position + i) * 31 % 251);
        _position += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
