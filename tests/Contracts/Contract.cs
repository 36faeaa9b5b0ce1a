namespace Recommendation.Contracts;

/// <summary>
/// A suite that every adapter of a port must pass: derive, create the adapter over empty storage, and run.
/// </summary>
public abstract class Contract<TPort> : IAsyncLifetime
    where TPort : class
{
    private readonly Stack<IAsyncDisposable> _owned = [];
    private TPort? _port;

    /// <summary>The adapter under test.</summary>
    protected TPort Port => _port ?? throw new InvalidOperationException("The adapter was not created.");

    protected static CancellationToken None => CancellationToken.None;

    protected static CancellationToken Cancelled => new(canceled: true);

    public async Task InitializeAsync() => _port = await CreateAsync();

    public async Task DisposeAsync()
    {
        while (_owned.TryPop(out var resource))
            await resource.DisposeAsync();
    }

    /// <summary>Makes the adapter over storage that holds nothing.</summary>
    protected abstract Task<TPort> CreateAsync();

    /// <summary>Has something disposed after the test.</summary>
    protected T Own<T>(T resource)
        where T : IAsyncDisposable
    {
        _owned.Push(resource);
        return resource;
    }

    protected static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var list = new List<T>();
        await foreach (var item in source)
            list.Add(item);
        return list;
    }
}
