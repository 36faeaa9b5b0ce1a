namespace Recommendation.Simulator.Actors;

/// <summary>The clock of a process: the time of the history, off by as much as it was set.</summary>
internal sealed class NodeClock(Func<DateTimeOffset> now) : TimeProvider
{
    internal TimeSpan Offset { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now() + Offset;

    // What measures time does not follow the clock when it is set.
    public override long GetTimestamp() => now().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException("Histories have no timers.");
}
