namespace Recommendation.Dashboard.Tests.Server;

/// <summary>Time that goes on as always, from the end of the sample on: its users are active then.</summary>
internal sealed class SampleTime : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2010, 12, 20, 18, 0, 0, TimeSpan.Zero);

    private readonly long _started = System.GetTimestamp();

    private long _advanced;

    /// <summary>Lets time pass at once.</summary>
    internal void Advance(TimeSpan time) => Interlocked.Add(ref _advanced, time.Ticks);

    public override DateTimeOffset GetUtcNow() =>
        s_start + System.GetElapsedTime(_started) + TimeSpan.FromTicks(Interlocked.Read(ref _advanced));
}
