namespace Recommendation.Client;

/// <summary>
/// Sends events in the background, in batches. Each event gets its id before the first attempt, and each batch its
/// idempotency key, so an event counts once however often a batch is sent. While the API is away, events wait in
/// memory, and in <see cref="EventWriterOptions.SpillFolder"/> if that is set. Members may be called by many threads.
/// </summary>
public interface IEventWriter
{
    /// <summary>Takes an event without waiting.</summary>
    /// <returns>False if there is no room for it, or the writer has stopped: the event is dropped.</returns>
    /// <exception cref="ArgumentException">The event has no user or no item, a text of more than 1,024 characters, or
    /// a value that is not finite.</exception>
    bool Write(RecommendationEvent one);

    /// <summary>Takes an event, and waits as long as there is no room for it.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Write"/>.</exception>
    /// <exception cref="InvalidOperationException">The writer has stopped.</exception>
    ValueTask WriteAsync(RecommendationEvent one, CancellationToken cancellationToken = default);

    /// <summary>
    /// Waits until every event that was taken before is acknowledged or rejected by the API. Cancel it to stop waiting;
    /// the events stay where they are.
    /// </summary>
    Task FlushAsync(CancellationToken cancellationToken = default);

    /// <summary>How the writer is doing.</summary>
    EventWriterStatus Status { get; }
}
