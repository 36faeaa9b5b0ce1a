namespace Recommendation.Client.Writing;

/// <summary>An event and when it was written; or the mark of somebody who waits for all before it.</summary>
internal readonly record struct PendingEvent(RecommendationEvent? Event, DateTimeOffset At, TaskCompletionSource? Flush)
{
    internal PendingEvent(RecommendationEvent one, DateTimeOffset at)
        : this(one, at, Flush: null)
    {
    }

    internal PendingEvent(TaskCompletionSource flush)
        : this(Event: null, default, flush)
    {
    }
}
