using Microsoft.Extensions.DependencyInjection;
using Recommendation.Local;

namespace Recommendation.Simulator.Ports;

/// <summary>
/// The durable state of a history: the adapters in memory, made anew for each. Far cheaper than a container, of which a
/// million would be
/// needed.
/// </summary>
internal sealed class MemoryTargets(TimeProvider time) : IServiceProvider
{
    private static readonly IReadOnlyDictionary<Type, ServiceDescriptor> s_adapters = new ServiceCollection()
        .AddInMemory()
        .Where(one => !one.IsKeyedService).DistinctBy(one => one.ServiceType).ToDictionary(one => one.ServiceType);

    private readonly Dictionary<Type, object> _made = new() { [typeof(TimeProvider)] = time };

    /// <summary>The ports that the adapters in memory serve.</summary>
    internal static IEnumerable<Type> Ports => s_adapters.Keys.Where(one =>
        one.Namespace == "Recommendation.Application.Ports");

    public object? GetService(Type serviceType)
    {
        if (_made.TryGetValue(serviceType, out var made))
            return made;
        if (!s_adapters.TryGetValue(serviceType, out var adapter))
            return null;
        made = adapter.ImplementationInstance ?? adapter.ImplementationFactory?.Invoke(this)
            ?? Construct(adapter.ImplementationType!);
        _made[serviceType] = made;
        return made;
    }

    internal T Get<T>() => (T)GetService(typeof(T))!;

    internal void Set(Type port, object target) => _made[port] = target;

    private object Construct(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(one => GetService(one.ParameterType))]);
    }
}
