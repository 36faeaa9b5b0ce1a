using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Recommendation.Benchmarks.Dynamo;

/// <summary>One connection of the stub: requests out of the bytes that came, answers as bytes.</summary>
internal sealed class StubConnection(Socket socket)
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _filled;

    internal Socket Socket => socket;

    /// <summary>Takes what has come.</summary>
    /// <returns>Whether the client is still there.</returns>
    internal bool Fill()
    {
        if (_filled == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        try
        {
            var read = socket.Receive(_buffer, _filled, _buffer.Length - _filled, SocketFlags.None);
            _filled += read;
            return read > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The first request, if it has come whole.</summary>
    internal StubRequest? Request()
    {
        var end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return null;
        var head = _buffer.AsSpan(0, end + 2);
        var length = Header(head, "content-length") is { Length: > 0 } digits
            ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)
            : 0;
        var start = end + 4;
        if (_filled < start + length)
            return null;
        var path = head[(head.IndexOf((byte)' ') + 1)..];
        return new StubRequest(
            Encoding.ASCII.GetString(path[..path.IndexOf((byte)' ')]),
            Header(head, "x-amz-target"),
            _buffer.AsMemory(start, length),
            start + length
        );
    }

    /// <summary>Forgets a request that was read.</summary>
    internal void Drop(in StubRequest request)
    {
        _filled -= request.Length;
        _buffer.AsSpan(request.Length, _filled).CopyTo(_buffer);
    }

    internal void Send(byte[] body)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: {body.Length}\r\n\r\n"));
        try
        {
            // A blocking socket sends all that it is given.
            socket.Send([new ArraySegment<byte>(head), new ArraySegment<byte>(body)], SocketFlags.None);
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // The client went away.
        }
    }

    private static string Header(ReadOnlySpan<byte> head, string name)
    {
        while (head.IndexOf("\r\n"u8) is var end && end >= 0)
        {
            var line = head[..end];
            if (
                line.Length > name.Length
                && line[name.Length] == (byte)':'
                && Ascii.EqualsIgnoreCase(line[..name.Length], name)
            )
                return Encoding.ASCII.GetString(line[(name.Length + 1)..].Trim((byte)' '));
            head = head[(end + 2)..];
        }
        return "";
    }
}

/// <param name="Path">With the query.</param>
/// <param name="Target">The header X-Amz-Target; empty without one.</param>
/// <param name="Body">Valid until it is dropped.</param>
/// <param name="Length">Of head and body.</param>
internal readonly record struct StubRequest(string Path, string Target, ReadOnlyMemory<byte> Body, int Length);
