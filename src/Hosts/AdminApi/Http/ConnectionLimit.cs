using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Recommendation.AdminApi.Http;

/// <summary>
/// Limits the open connections, so that they never use up the process's file handles. A new connection takes the place
/// of the one that is idle for longest; one without a complete request head is idle. If none is idle, the
/// new one is closed.
/// </summary>
internal sealed class ConnectionLimit(int maximum)
{
    private const int UpperLimit = 1_024;
    private const int LowerLimit = 16;

    // For the database, models, log files and assemblies.
    private const int OtherHandles = 256;

    private static readonly object s_key = new();

    private readonly Lock _gate = new();
    private readonly LinkedList<ConnectionContext> _idle = [];
    private int _open;

    /// <summary>How many connections are open.</summary>
    internal int Open
    {
        get
        {
            lock (_gate)
                return _open;
        }
    }

    /// <summary>What the limit of file handles leaves room for; at most 1,024.</summary>
    internal static int Default()
    {
        const string limits = "/proc/self/limits";
        const string name = "Max open files";
        var line = File.Exists(limits)
            ? File.ReadLines(limits).FirstOrDefault(one => one.StartsWith(name, StringComparison.Ordinal))
            : null;
        var soft = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var handles)
            ? (int)Math.Clamp((handles - OtherHandles) * 3 / 4, LowerLimit, UpperLimit) : UpperLimit;
    }

    /// <summary>The limit as a part of the way from the socket to HTTP.</summary>
    internal ConnectionDelegate Admit(ConnectionDelegate next) => async connection =>
    {
        var node = new LinkedListNode<ConnectionContext>(connection);
        connection.Items[s_key] = node;
        if (!TryEnter(node, out var evicted))
            return;
        evicted?.Abort(new ConnectionAbortedException("Another connection took the place of this idle one."));
        try
        {
            await next(connection);
        }
        finally
        {
            Leave(node);
        }
    };

    /// <summary>The same as a part of the way of a request: while it is done, its connection is not idle.</summary>
    internal async Task WhileBusyAsync(HttpContext context, RequestDelegate next)
    {
        var node = context.Features.Get<IConnectionItemsFeature>()?.Items.TryGetValue(s_key, out var found) == true
            ? (LinkedListNode<ConnectionContext>)found! : null;
        SetIdle(node, isIdle: false);
        try
        {
            await next(context);
        }
        finally
        {
            SetIdle(node, isIdle: true);
        }
    }

    private bool TryEnter(LinkedListNode<ConnectionContext> node, out ConnectionContext? evicted)
    {
        lock (_gate)
        {
            evicted = null;
            if (_open >= maximum)
            {
                if (_idle.First is not { } oldest)
                    return false;
                evicted = oldest.Value;
                _idle.Remove(oldest);
            }
            _open++;
            _idle.AddLast(node);
            return true;
        }
    }

    private void Leave(LinkedListNode<ConnectionContext> node)
    {
        lock (_gate)
        {
            _open--;
            if (node.List is not null)
                _idle.Remove(node);
        }
    }

    private void SetIdle(LinkedListNode<ConnectionContext>? node, bool isIdle)
    {
        if (node is null)
            return;
        lock (_gate)
        {
            if (node.List is not null)
                _idle.Remove(node);
            if (isIdle)
                _idle.AddLast(node);
        }
    }
}
