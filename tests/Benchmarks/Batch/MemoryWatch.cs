using System.Diagnostics;

namespace Recommendation.Benchmarks.Batch;

/// <summary>
/// Looks at the process's memory ten times a second; the system's own peak never falls, and so can't
/// tell two runs apart.
/// </summary>
internal sealed class MemoryWatch : IDisposable
{
    private readonly Timer _timer;
    private long _peak;

    internal MemoryWatch() =>
        _timer = new Timer(_ => Look(), state: null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));

    internal double PeakMegabytes
    {
        get
        {
            Look();
            return Math.Round(Interlocked.Read(ref _peak) / 1e6);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        using var process = Process.GetCurrentProcess();
        var now = process.WorkingSet64;
        if (now > Interlocked.Read(ref _peak))
            Interlocked.Exchange(ref _peak, now);
    }
}
