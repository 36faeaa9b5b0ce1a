using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recommendation.Application;
using Recommendation.Application.Ports;
using Recommendation.Aws.Kinesis.Records;
using Recommendation.Simulator.Ports;
using Recommendation.StreamProcessor;

namespace Recommendation.Simulator.Actors;

/// <summary>
/// A process: the product's use cases over ports that belong to the history. It keeps nothing in memory from one
/// request to the next, so
/// one that is killed is as good as new at once.
/// </summary>
internal sealed class Node : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<RequestTrace> _requests = [];
    private TaskCompletionSource _died = new();

    internal Node(int number, bool isStream, Action<IServiceCollection>? plant)
    {
        Number = number;
        Clock = new NodeClock(() => World.Now);
        _services = Services(isStream, plant).BuildServiceProvider();
    }

    internal int Number { get; }

    internal NodeClock Clock { get; }

    /// <summary>The history that the process takes part in.</summary>
    internal World World { get; private set; } = null!;

    /// <summary>After how many more calls the process is killed; null for not at all.</summary>
    internal int? DiesAfter { get; set; }

    internal void Enter(World world)
    {
        DiesAfter = null;
        World = world;
        Clock.Offset = default;
        _requests.Clear();
        _died = new();
    }

    internal Task<T> SendAsync<T>(IRequest<T> request) =>
        RunAsync((services, token) => services.GetRequiredService<IMediator>().Send(request, token));

    /// <summary>Works on a request as a host does: in a scope of its own.</summary>
    /// <exception cref="NodeDiedException">The process was killed before it answered.</exception>
    internal async Task<T> RunAsync<T>(Func<IServiceProvider, CancellationToken, Task<T>> work,
        Action<RequestTrace>? begin = null)
    {
        using var trace = new RequestTrace(World.Now);
        begin?.Invoke(trace);
        _requests.Add(trace);
        var died = _died.Task;
        var answer = InScopeAsync(work, trace);
        if (!answer.IsCompleted)
            await Task.WhenAny(answer, died);
        _requests.Remove(trace);
        return answer.IsCompleted ? await answer : throw new NodeDiedException();
    }

    /// <summary>
    /// Ends every request without an answer; the calls that it waits for may still have their effect.
    /// </summary>
    internal void Kill()
    {
        World.Drop(this);
        _requests.ForEach(request => request.IsDead = true);
        _requests.Clear();
        var died = _died;
        _died = new();
        died.SetResult();
    }

    /// <summary>Whether the process works on a request that is as old as that.</summary>
    internal bool HasRequestOf(DateTimeOffset time) => _requests.Exists(request => request.BegunAt <= time);

    internal void StopOldest()
    {
        if (_requests.Count > 0)
            _requests[0].Stop();
    }

    public void Dispose() => _services.Dispose();

    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, CancellationToken, Task<T>> work, RequestTrace trace)
    {
        RequestTrace.Current = trace;
        await using var scope = _services.CreateAsyncScope();
        return await work(scope.ServiceProvider, trace.Deadline);
    }

    private ServiceCollection Services(bool isStream, Action<IServiceCollection>? plant)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        // Small, so that a few events fill a profile, its history and a segment.
        services.AddRecommendation(options =>
        {
            options.RecentInteractions = 3;
            options.PendingInteractions = 2;
            options.StoredItems = 4;
            options.SegmentSize = 2;
            options.LogRetention = isStream ? TimeSpan.FromDays(7) : null;
        });
        foreach (var port in MemoryTargets.Ports.Append(typeof(IRanker)))
            services.AddSingleton(port, PortProxy.Create(port, this));
        services.AddSingleton(new RecordDecoder(partitionKeyIsUser: false));
        services.AddSingleton<RecordBatches>();
        // What a process remembers is gone with it: nothing of one history may be left in the next.
        foreach (var remembered in services
            .Where(one => one.ServiceType.Name is "PopularFallback" or "RunningErasures").ToList())
            services.Replace(ServiceDescriptor.Scoped(remembered.ServiceType, remembered.ImplementationType!));
        plant?.Invoke(services);
        return services;
    }
}

/// <summary>
/// The processes of a history; they are used again for the next, since a container costs more than a history.
/// </summary>
internal sealed class Cluster(bool isStream, Action<IServiceCollection>? plant) : IDisposable
{
    internal IReadOnlyList<Node> Nodes { get; } =
        [.. Enumerable.Range(0, Scripts.Script.Nodes).Select(number => new Node(number, isStream, plant))];

    public void Dispose()
    {
        foreach (var node in Nodes)
            node.Dispose();
    }
}
