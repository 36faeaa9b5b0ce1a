using Recommendation.Local.Sqlite;

namespace Recommendation.Local.Tests;

/// <summary>Keeps the writer in the middle of a transaction until it may go on.</summary>
internal sealed class BlockedWriter : IDisposable
{
    private readonly ManualResetEventSlim _started = new();
    private readonly ManualResetEventSlim _goOn = new();

    internal BlockedWriter(LocalDatabase database)
    {
        Work = database.Writer.RunAsync(
            _ =>
            {
                _started.Set();
                _goOn.Wait();
                return true;
            },
            Faults.OfStore,
            CancellationToken.None);
        _started.Wait();
    }

    internal Task<bool> Work { get; }

    internal void GoOn() => _goOn.Set();

    public void Dispose()
    {
        _goOn.Set();
        // The writer may still be about to leave the wait, so the events are left to the collector.
    }
}
