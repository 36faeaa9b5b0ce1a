using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;

namespace Recommendation.AdminApi.Http;

/// <summary>
/// Gives problem details to what the server refuses before the application sees it: a request line that is too long, a
/// path with %00, a head that never ends. The server has no hook for those answers, so they are completed on their way
/// to the socket.
/// </summary>
internal static class BareAnswers
{
    internal static ConnectionDelegate Complete(ConnectionDelegate next) =>
        connection =>
        {
            connection.Transport = new Duplex(
                connection.Transport.Input,
                new Output(connection.Transport.Output, connection.ConnectionId)
            );
            return next(connection);
        };

    private static string SentenceOf(int status) => status switch
    {
        408 => "The request did not arrive in time; send it again.",
        414 => "The path and the query are too long; ask for less at once.",
        431 => "The headers are too long or too many; send fewer.",
        505 => "The version of HTTP is not one that is spoken here; use HTTP/1.1.",
        _ => "The request is not valid HTTP: check its path, which must not hold %00, and its headers.",
    };

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Output(PipeWriter inner, string connection) : PipeWriter
    {
        // A refusal is shorter; what the application answers has more headers.
        private const int Longest = 256;

        private Memory<byte> _memory;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _memory = inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override void Advance(int bytes)
        {
            // The server may fill one piece of memory in several steps.
            var written = bytes <= _memory.Length ? _memory[..bytes] : default;
            _memory = bytes <= _memory.Length ? _memory[bytes..] : default;
            if (bytes <= Longest && Completed(written.Span) is { } answer)
            {
                answer.CopyTo(inner.GetSpan(answer.Length));
                inner.Advance(answer.Length);
                _memory = default;
            }
            else
            {
                inner.Advance(bytes);
            }
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            inner.FlushAsync(cancellationToken);

        public override ValueTask<FlushResult> WriteAsync(
            ReadOnlyMemory<byte> source,
            CancellationToken cancellationToken = default
        ) => inner.WriteAsync(source, cancellationToken);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

        /// <summary>The answer with a body; null where it is none of the server's own.</summary>
        private byte[]? Completed(ReadOnlySpan<byte> head)
        {
            if (
                !head.StartsWith("HTTP/1.1 "u8)
                || head[9] is not ((byte)'4' or (byte)'5')
                || !head.EndsWith("\r\n\r\n"u8)
                || head.IndexOf("\r\nContent-Length: 0\r\n"u8) < 0
                || head.IndexOf("X-Request-Id"u8) >= 0
            )
            {
                return null;
            }
            var text = Encoding.ASCII.GetString(head);
            var status = int.Parse(text.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
            var body = JsonSerializer.SerializeToUtf8Bytes(
                ProblemDocument.Of(ProblemAnswers.OfStatus(status, SentenceOf(status)), connection),
                ApiJson.Wire.ProblemDocument
            );
            var headers = string.Create(
                CultureInfo.InvariantCulture,
                $"\r\nContent-Length: {body.Length}\r\nContent-Type: "
                    + $"{ProblemDocument.MediaType}\r\n{RequestLogScope.Header}: "
                    + $"{connection}\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n"
            );
            return
            [
                .. Encoding.ASCII.GetBytes(
                    text.Replace("\r\nContent-Length: 0\r\n", headers, StringComparison.Ordinal)
                ),
                .. body,
            ];
        }
    }
}
