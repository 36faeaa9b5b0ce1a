using Recommendation.Application;

namespace Recommendation.Cli.CommandLine;

/// <summary>A clock that begins at <c>--as-of</c> and goes on from there, for a program that goes on.</summary>
internal sealed class ShiftedTime : ShiftedTimeProvider
{
    private readonly TimeSpan _shift;

    internal ShiftedTime(DateTimeOffset start) => _shift = start - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;
}
