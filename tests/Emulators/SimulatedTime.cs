namespace Recommendation.Emulators;

/// <summary>
/// A clock for tests that would wait for minutes: it moves on by itself, two seconds at most at a time, while somebody
/// waits, no request of the process is under way and none of its threads computes or waits for a processor, however
/// busy the machine is.
/// </summary>
public sealed class SimulatedTime : TimeProvider, IDisposable
{
    private static readonly TimeSpan s_longestStep = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Timers fire up to that much late, as those of a real system do: all that are due in between fire in one step,
    /// and steps are what a test's real time goes into.
    /// </summary>
    private readonly TimeSpan _grain;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(5);

    /// <summary>After that many looks time moves on although a deadline is far away, so that nothing hangs.</summary>
    private const int MostLooks = 1000;

    /// <summary>
    /// After that many looks time moves on although threads are busy: those that are done look for more
    /// work for a while.
    /// </summary>
    private const int BusyLooks = 12;

    private readonly Lock _lock = new();
    private readonly List<SimulatedTimer> _timers = [];
    private readonly Timer _driver;
    private readonly HttpWatch _requests = new();
    private DateTimeOffset _now;
    private long _activity;
    private long _seen;
    private int _quiet;
    private int _working;

    /// <param name="start">The time at first.</param>
    /// <param name="grain">How late a timer may fire; 10 ms if not given.</param>
    public SimulatedTime(DateTimeOffset start, TimeSpan? grain = null)
    {
        (_now, _grain) = (start, grain ?? TimeSpan.FromMilliseconds(10));
        _requests.Begin(Count);
        _driver = new Timer(_ => Drive(), null, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Dispose()
    {
        _driver.Dispose();
        _requests.Dispose();
    }

    private void Count(int begun)
    {
        lock (_lock)
            (_working, _activity) = (Math.Max(0, _working + begun), _activity + 1);
    }

    /// <summary>Moves on if there was no work for some looks in a row, so that what was just woken can begin.</summary>
    private void Drive()
    {
        List<SimulatedTimer> due;
        lock (_lock)
        {
            _quiet = _working == 0 && _seen == _activity ? _quiet + 1 : 0;
            _seen = _activity;
            if (_quiet < 2 || _timers.Count == 0)
                return;
            // A thread that the machine keeps waiting is at work too: without this, a busy machine makes
            // the table look slow.
            if (_quiet < BusyLooks && BusyThreads.Count() > 1)
                return;
            var next = _timers.Min(timer => timer.Due);
            // Far away is a deadline, and nobody who waits for his turn: somebody is busy.
            if (next - _now > s_deadline && _quiet < MostLooks)
                return;
            _now = next - _now > s_longestStep ? _now + s_longestStep : next > _now ? next + _grain : _now;
            due = [.. _timers.Where(timer => timer.Due <= _now).OrderBy(timer => timer.Due)];
            _timers.RemoveAll(due.Contains);
            _quiet = 0;
            _activity++;
        }
        foreach (var timer in due)
            timer.Fire();
    }

    /// <summary>Fires once; nothing here asks for more.</summary>
    private sealed class SimulatedTimer(SimulatedTime time, Action callback) : ITimer
    {
        internal DateTimeOffset Due { get; private set; }

        internal void Fire() => callback();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                time._activity++;
                if (dueTime < TimeSpan.Zero)
                    return true;
                Due = time._now + dueTime;
                time._timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (time._lock)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
