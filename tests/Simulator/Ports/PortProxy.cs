using System.Collections.Concurrent;
using System.Reflection;
using Recommendation.Simulator.Actors;

namespace Recommendation.Simulator.Ports;

/// <summary>
/// A port as a process of the simulation sees it: each call becomes a step of the history, which decides when it takes
/// effect and
/// whether it fails. The effect is that of the adapter in memory.
/// </summary>
public class PortProxy : DispatchProxy
{
    private static readonly ConcurrentDictionary<MethodInfo, PortMethod> s_methods = [];

    private Node _node = null!;
    private Type _port = null!;

    internal static object Create(Type port, Node node)
    {
        var proxy = Create(port, typeof(PortProxy));
        ((PortProxy)proxy)._node = node;
        ((PortProxy)proxy)._port = port;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var method = s_methods.GetOrAdd(targetMethod!, PortMethod.Of);
        return method.Call(_node, _port, args ?? []);
    }
}
