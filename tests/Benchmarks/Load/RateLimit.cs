namespace Recommendation.Benchmarks.Load;

/// <summary>A documented limit of so many units a second, with one second's units in reserve.</summary>
internal sealed class RateLimit(double perSecond)
{
    private const double ReserveSeconds = 1;

    /// <summary>When all units that were taken are paid for.</summary>
    private double _paidAt = double.NegativeInfinity;

    public long Taken { get; private set; }

    public long Throttled { get; private set; }

    /// <returns>How long the caller waits, as one that tries again does.</returns>
    public double Take(double now, double units)
    {
        var wait = WaitOf(now);
        Taken++;
        Throttled += wait > 0 ? 1 : 0;
        _paidAt = Math.Max(_paidAt, now - ReserveSeconds) + (units / perSecond);
        return wait;
    }

    /// <returns>Whether the units are granted; nothing is taken if not.</returns>
    public bool TryTake(double now, double units)
    {
        if (WaitOf(now) == 0)
        {
            Take(now, units);
            return true;
        }
        Taken++;
        Throttled++;
        return false;
    }

    private double WaitOf(double now) => Math.Max(0, _paidAt - now);
}
