using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Recommendation.Benchmarks.Api;

/// <summary>A lean client: each connection sends a request, reads the answer, and sends the next.</summary>
internal static class LoadClient
{
    internal static async Task<LoadResult> RunAsync(
        int port, int connections, TimeSpan duration, Func<Random, byte[]> request, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var parts = await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(n =>
                    Task.Run(
                        () => ConnectionAsync(port, started, duration, request, new Random(n), cancellationToken),
                        cancellationToken
                    )
                )
        );
        return LoadResult.Sum(parts, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static async Task<LoadResult> ConnectionAsync(
        int port,
        long started,
        TimeSpan duration,
        Func<Random, byte[]> request,
        Random random,
        CancellationToken cancellationToken
    )
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
        };
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        var result = new LoadResult();
        var buffer = new byte[256 * 1024];
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            var bytes = request(random);
            var sent = Stopwatch.GetTimestamp();
            for (var at = 0; at < bytes.Length;)
                at += await socket.SendAsync(bytes.AsMemory(at), cancellationToken);
            var isDone = await ReadAsync(socket, buffer, cancellationToken);
            result.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds, isDone);
        }
        return result;
    }

    /// <returns>Whether the status is 200.</returns>
    private static async Task<bool> ReadAsync(Socket socket, byte[] buffer, CancellationToken cancellationToken)
    {
        for (var length = 0; ;)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
                return false;
            length += read;
            if (IsWhole(buffer.AsSpan(0, length)))
                return buffer.AsSpan(9, 3).SequenceEqual("200"u8);
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var at = answer[..head].IndexOf("Content-Length: "u8);
        if (at < 0)
            return answer.EndsWith("0\r\n\r\n"u8);
        var digits = answer[(at + 16)..head];
        var length = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                break;
            length = (length * 10) + (digit - '0');
        }
        return answer.Length >= head + 4 + length;
    }
}
