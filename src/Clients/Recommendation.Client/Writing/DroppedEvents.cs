using Microsoft.Extensions.Logging;

namespace Recommendation.Client.Writing;

/// <summary>Counts and reports events that were not taken, or lost when the writer stopped.</summary>
internal sealed class DroppedEvents(Backoff backoff, TimeProvider time, ILogger logger)
{
    private long _count;
    private long _warned;

    internal long Count => Interlocked.Read(ref _count);

    /// <summary>There was no room for an event. It is logged once a minute.</summary>
    internal void NoRoom()
    {
        Add(1);
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        if (Interlocked.Exchange(ref _warned, minute) != minute)
            logger.LogError(
                "Events are dropped: there is no room for more ({Dropped} so far). Raise Events.Capacity, set "
                    + "Events.SpillFolder, or write with WriteAsync: {Problem}",
                Count,
                backoff.Problem);
    }

    /// <summary>The writer stopped before these were sent.</summary>
    internal void Lost(IReadOnlyList<EventBatch> batches)
    {
        var events = batches.Sum(batch => batch.Count);
        if (events == 0)
            return;
        Add(events);
        logger.LogError(
            "{Count} events are lost: the writer stopped before the API took them. Set Events.SpillFolder to keep "
                + "them: {Problem}",
            events,
            backoff.Problem);
    }

    private void Add(int events)
    {
        Interlocked.Add(ref _count, events);
        ClientTelemetry.Dropped.Add(events);
    }
}
