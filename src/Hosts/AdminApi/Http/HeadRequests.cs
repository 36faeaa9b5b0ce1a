using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Recommendation.AdminApi.Http;

/// <summary>Answers HEAD as GET without the body: RFC 9110 asks that of every route that can be read.</summary>
internal sealed class HeadRequests(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }
        var wire = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var counted = new CountedStream();
        // Not the body's own feature: its start would send the head of a GET, and with it an announcement of a body.
        var body = new StreamResponseBodyFeature(counted);
        context.Features.Set<IHttpResponseBodyFeature>(body);
        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
            await body.CompleteAsync();
        }
        finally
        {
            context.Features.Set(wire);
            context.Request.Method = HttpMethods.Head;
        }
        if (!context.Response.HasStarted && counted.Length > 0)
            context.Response.ContentLength ??= counted.Length;
    }

    /// <summary>Counts what is written, and drops it.</summary>
    private sealed class CountedStream : Stream
    {
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position
        {
            get => _length;
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => _length += count;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _length += buffer.Length;
            return ValueTask.CompletedTask;
        }
    }
}
