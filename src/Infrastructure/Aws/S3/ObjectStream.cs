using Amazon.S3.Model;
using Recommendation.Application.Ports;

namespace Recommendation.Aws.S3;

/// <summary>
/// The body of an object as it comes over the network; a connection that breaks is a failure of the store.
/// </summary>
internal sealed class ObjectStream(GetObjectResponse response, string subject) : Stream
{
    private readonly Stream _body = response.ResponseStream;
    private readonly long _length = response.ContentLength;
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Count(await _body.ReadAsync(buffer, cancellationToken), buffer.Length);
        }
        catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
        {
            throw problem.ToStoreFault(subject);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return Count(_body.Read(buffer, offset, count), count);
        }
        catch (IOException problem)
        {
            throw problem.ToStoreFault(subject);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            response.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>A body that ends early is a broken one, whatever the connection says.</summary>
    private int Count(int read, int wanted)
    {
        _read += read;
        return read > 0 || wanted == 0 || _read >= _length
            ? read
            : throw new StoreUnavailableException($"{subject} ended an object after {_read} of {_length} bytes.");
    }
}
