namespace Recommendation.Simulator.Actors;

/// <summary>What befell one request of a process.</summary>
/// <param name="begunAt">When the process took it.</param>
internal sealed class RequestTrace(DateTimeOffset begunAt) : IDisposable
{
    private static readonly AsyncLocal<RequestTrace?> s_current = new();

    private readonly CancellationTokenSource _deadline = new();

    /// <summary>The request that the calling code works on; null outside of any.</summary>
    internal static RequestTrace? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    internal DateTimeOffset BegunAt => begunAt;

    internal CancellationToken Deadline => _deadline.Token;

    /// <summary>The ports whose calls failed.</summary>
    internal HashSet<string> Faults { get; } = [];

    /// <summary>Whether a save met another version.</summary>
    internal bool HadConflict { get; set; }

    internal bool IsStopped { get; private set; }

    /// <summary>Whether its process was killed: what it would do next is not done.</summary>
    internal bool IsDead { get; set; }

    internal void Stop()
    {
        IsStopped = true;
        _deadline.Cancel();
    }

    public void Dispose() => _deadline.Dispose();
}

/// <summary>The process that worked on a request was killed.</summary>
internal sealed class NodeDiedException() : Exception("The process was killed.");
