using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Recommendation.Benchmarks.Dynamo;

/// <summary>
/// Enough of HTTP/1.1 for a stub, on one thread that takes what has come on all connections, one after the other.
/// Kestrel in its place took about as much processor time for a request as the client that is measured, on the cores
/// that both share; a table elsewhere takes none.
/// </summary>
/// <param name="answer">Path with query, the header X-Amz-Target, and the body, valid until it returns.</param>
internal sealed class StubServer(Func<string, string, ReadOnlyMemory<byte>, StubReply> answer) : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Dictionary<Socket, StubConnection> _connections = [];
    private readonly PriorityQueue<(StubConnection Connection, byte[] Body), long> _waiting = new();
    private readonly List<Socket> _readable = [];

    internal Uri Start()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        new Thread(Run) { IsBackground = true, Name = "stub" }.Start();
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{_listener.LocalEndPoint}/"));
    }

    public void Dispose() => _listener.Dispose();

    private void Run()
    {
        try
        {
            while (true)
                Turn();
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // The listener is closed: the process ends.
        }
    }

    /// <summary>Waits for something to do, and does it.</summary>
    private void Turn()
    {
        _readable.Clear();
        _readable.Add(_listener);
        _readable.AddRange(_connections.Keys);
        Socket.Select(_readable, null, null, UntilNextAnswer());
        foreach (var socket in _readable)
        {
            if (socket == _listener)
                Accept();
            else
                Read(_connections[socket]);
        }
        while (_waiting.TryPeek(out var next, out var due) && due <= Stopwatch.GetTimestamp())
        {
            _waiting.Dequeue();
            next.Connection.Send(next.Body);
        }
    }

    /// <summary>In microseconds, whole milliseconds as the system counts them; -1 waits for a request alone.</summary>
    private int UntilNextAnswer()
    {
        if (!_waiting.TryPeek(out _, out var due))
            return -1;
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        return (int)Math.Ceiling(Math.Max(0, left.TotalMilliseconds)) * 1_000;
    }

    private void Accept()
    {
        var socket = _listener.Accept();
        socket.NoDelay = true;
        _connections.Add(socket, new StubConnection(socket));
    }

    private void Read(StubConnection connection)
    {
        if (!connection.Fill())
        {
            _connections.Remove(connection.Socket);
            connection.Socket.Dispose();
            return;
        }
        while (connection.Request() is { } request)
        {
            var (body, latency) = answer(request.Path, request.Target, request.Body);
            connection.Drop(request);
            if (latency == TimeSpan.Zero)
                connection.Send(body);
            else
                _waiting.Enqueue(
                    (connection, body),
                    Stopwatch.GetTimestamp() + (long)(latency.TotalSeconds * Stopwatch.Frequency)
                );
        }
    }
}

/// <summary>What is sent back, and after what time.</summary>
internal readonly record struct StubReply(byte[] Body, TimeSpan Latency);
