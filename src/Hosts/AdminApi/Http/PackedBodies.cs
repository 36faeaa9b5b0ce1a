using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Recommendation.AdminApi.Http;

/// <summary>
/// Unpacks bodies that are sent with <c>Content-Encoding: gzip</c>. What a body unpacks to is limited as a body is.
/// </summary>
internal sealed class PackedBodies(RequestDelegate next, AdminApiOptions options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        switch (request.Headers.ContentEncoding.ToString().ToLowerInvariant())
        {
            case "" or "identity":
                await next(context);
                return;
            case "gzip" or "x-gzip":
                break;
            default:
                throw new ApiProblem(
                    StatusCodes.Status415UnsupportedMediaType,
                    "wrong-encoding",
                    "Send the body as it is, or packed with gzip."
                );
        }
        var packed = request.Body;
        await using var body = new UnpackedBody(packed, options.MaximumBodyBytes);
        request.Body = body;
        request.Headers.ContentEncoding = default;
        request.ContentLength = null;
        try
        {
            await next(context);
        }
        finally
        {
            request.Body = packed;
        }
    }

    private sealed class UnpackedBody(Stream packed, long most) : Stream
    {
        private readonly GZipStream _gzip = new(packed, CompressionMode.Decompress, leaveOpen: true);
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            try
            {
                var read = await _gzip.ReadAsync(buffer, cancellationToken);
                _read += read;
                return _read <= most
                    ? read
                    : throw new ApiProblem(
                        StatusCodes.Status413PayloadTooLarge,
                        "too-large",
                        $"The body unpacks to more than {most} bytes; send less at once."
                    );
            }
            catch (InvalidDataException)
            {
                throw ApiProblem.Wrong("The body is not the gzip that its Content-Encoding says it is.");
            }
        }

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException("Bodies are read asynchronously.");

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override async ValueTask DisposeAsync()
        {
            await _gzip.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
