namespace Recommendation.Client;

/// <summary>What became of the events since the writer began.</summary>
/// <param name="Written">Taken.</param>
/// <param name="Resumed">Found on the disk, where an earlier process left them.</param>
/// <param name="Delivered">Acknowledged by the API, those among them that it knew already included.</param>
/// <param name="Duplicates">Acknowledged, and known already: they were sent before, and the answer was lost.</param>
/// <param name="Rejected">Rejected by the API.</param>
/// <param name="Dropped">Not taken, since there was no room, or lost when the writer stopped.</param>
/// <param name="OnDisk">Waiting in the spill folder now.</param>
/// <param name="IsAway">Whether the last attempt failed.</param>
/// <param name="Problem">Why the last attempt failed; null if it did not.</param>
public sealed record EventWriterStatus(
    long Written,
    long Resumed,
    long Delivered,
    long Duplicates,
    long Rejected,
    long Dropped,
    long OnDisk,
    bool IsAway,
    string? Problem);

/// <summary>An event that the API rejected. It is in the API's quarantine, too, if the API could read it.</summary>
/// <param name="Event">The event as it was sent.</param>
/// <param name="Reason">Why, as a code.</param>
/// <param name="Message">Why, as a sentence.</param>
public sealed record RejectedEvent(RecommendationEvent Event, string Reason, string Message);
