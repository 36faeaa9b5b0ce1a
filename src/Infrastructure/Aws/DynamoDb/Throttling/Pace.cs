using Recommendation.Application.Ports;

namespace Recommendation.Aws.DynamoDb.Throttling;

/// <summary>
/// How many items a second this process sends to a table: as many as it wants until the table throttles, then a token
/// bucket whose rate follows what the table serves. The rate grows a little each second and falls by a share when the
/// table throttles (AIMD), but never below what the table served in the last seconds, since that much it can serve. All
/// callers of the process share one pace, in the order in which they came. See decision 0030.
/// </summary>
internal sealed class Pace(TimeProvider time)
{
    /// <summary>What is left of the rate after the table throttled.</summary>
    internal const double Decrease = 0.7;

    /// <summary>How much of the rate is added in a second without throttling.</summary>
    internal const double Increase = 0.05;

    /// <summary>The rate after the first throttled answer, if the table has served fewer before.</summary>
    internal const double Initial = 20;

    private const double Slowest = 0.5;

    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_unlimitedAfter = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly SortedSet<long> _waiting = [];
    private readonly ServedItems _served = new(time);

    private double? _rate;
    private double _tokens;
    private long _tickets;
    private long _refilled;
    private long _slowed;

    /// <summary>Items a second; null while the table serves all that is sent.</summary>
    internal double? Rate
    {
        get
        {
            lock (_lock)
                return _rate;
        }
    }

    /// <summary>Waits until that many items may be sent.</summary>
    /// <exception cref="ThrottledException">The caller's time was up before.</exception>
    internal async Task TakeAsync(int items, string subject, CancellationToken cancellationToken)
    {
        if (Rate is null)
            return;
        var ticket = Join();
        try
        {
            while (WaitFor(items, ticket) is { } wait)
                await Task.Delay(wait, time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw ThrottledException.Of(subject, cancellationToken);
        }
        finally
        {
            lock (_lock)
                _waiting.Remove(ticket);
        }
    }

    private long Join()
    {
        lock (_lock)
        {
            _waiting.Add(++_tickets);
            return _tickets;
        }
    }

    /// <summary>Learns from an answer.</summary>
    /// <param name="served">How many items were read or written.</param>
    /// <param name="throttled">How many were not, since the table is short of capacity.</param>
    internal void Report(int served, int throttled)
    {
        lock (_lock)
        {
            _served.Add(served);
            if (throttled > 0)
                Slow();
        }
    }

    private void Slow()
    {
        var now = time.GetTimestamp();
        if (_rate is not { } rate)
            (_rate, _tokens, _refilled) = (Math.Max(Initial, _served.PerSecond()), 0, now);
        // Many calls are under way at once; what they meet is one and the same shortage.
        else if (time.GetElapsedTime(_slowed, now) < TimeSpan.FromSeconds(1))
            return;
        else
            _rate = Math.Max(Slowest, Math.Max(rate * Decrease, _served.PerSecond()));
        _slowed = now;
    }

    /// <returns>How long to wait before looking again; null if the items may be sent now.</returns>
    private TimeSpan? WaitFor(int items, long ticket)
    {
        lock (_lock)
        {
            Refill();
            if (_rate is not { } rate)
                return null;
            // A call may be of more items than a second brings: it goes when the debt of the one before is paid.
            if (_tokens >= 0 && _waiting.Min == ticket)
            {
                _tokens -= items;
                _waiting.Remove(ticket);
                return null;
            }
            var wait = TimeSpan.FromSeconds((Math.Max(0, -_tokens) / rate) + 0.001);
            return wait < s_longestWait ? wait : s_longestWait;
        }
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        if (_rate is not { } rate)
            return;
        if (time.GetElapsedTime(_slowed, now) >= s_unlimitedAfter && _tokens >= 0)
        {
            _rate = null;
            return;
        }
        var seconds = time.GetElapsedTime(_refilled, now).TotalSeconds;
        _tokens = Math.Min(rate, _tokens + (rate * seconds));
        _rate = rate + (Math.Max(0.1, rate * Increase) * seconds);
        _refilled = now;
    }
}
