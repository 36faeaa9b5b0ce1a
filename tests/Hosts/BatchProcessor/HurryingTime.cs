namespace Recommendation.BatchProcessor.Tests;

/// <summary>A clock that stands still, or moves on by a step each time that it is looked at.</summary>
internal sealed class HurryingTime : TimeProvider
{
    private long _ticks = Contracts.Some.Noon.UtcTicks;

    internal static DateTimeOffset Start => Contracts.Some.Noon;

    internal TimeSpan Step { get; set; }

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Add(ref _ticks, Step.Ticks), TimeSpan.Zero);

    internal void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
