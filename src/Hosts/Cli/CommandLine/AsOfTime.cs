using Recommendation.Application;

namespace Recommendation.Cli.CommandLine;

/// <summary>A clock that stands still at <c>--as-of</c>; durations are still measured.</summary>
internal sealed class AsOfTime(DateTimeOffset now) : ShiftedTimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
