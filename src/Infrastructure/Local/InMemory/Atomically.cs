namespace Recommendation.Local.InMemory;

internal static class Atomically
{
    /// <summary>
    /// Does something under the lock; what it throws comes with the task, as it does from a store that waits.
    /// </summary>
    internal static Task<T> Do<T>(this Lock gate, Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        try
        {
            lock (gate)
                return Task.FromResult(work());
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }

    internal static Task Do(this Lock gate, Action work, CancellationToken cancellationToken) =>
        gate.Do(
            () =>
            {
                work();
                return true;
            },
            cancellationToken);
}
