namespace Recommendation.Application;

/// <summary>
/// A clock that shows another time than the real one (<c>--as-of</c>). Rankings, runs and arrivals follow it; an
/// erasure does not, since it must cover everything that arrived before the real moment of the request.
/// </summary>
public abstract class ShiftedTimeProvider : TimeProvider
{
    /// <summary>The real time, whatever clock is in use.</summary>
    public static DateTimeOffset RealNow(TimeProvider time) =>
        (time is ShiftedTimeProvider shifted ? shifted.Real : time).GetUtcNow();

    /// <summary>The clock that is not shifted.</summary>
    protected virtual TimeProvider Real => System;
}
