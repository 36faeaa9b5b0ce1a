using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Recommendation.Client.Writing;

/// <summary>Counts what became of the events, and reports those that were rejected.</summary>
internal sealed class EventOutcomes(Action<RejectedEvent>? onRejected, ILogger logger)
{
    private long _delivered;
    private long _duplicates;
    private long _rejected;

    internal long DeliveredEvents => Interlocked.Read(ref _delivered);

    internal long DuplicateEvents => Interlocked.Read(ref _duplicates);

    internal long RejectedEvents => Interlocked.Read(ref _rejected);

    internal void Delivered(int accepted, int duplicates)
    {
        Interlocked.Add(ref _delivered, accepted + duplicates);
        Interlocked.Add(ref _duplicates, duplicates);
        ClientTelemetry.Delivered.Add(accepted + duplicates);
    }

    /// <param name="results">One for each event of the batch.</param>
    internal void Rejected(EventBatch batch, IReadOnlyList<EventResult> results)
    {
        using var document = JsonDocument.Parse(batch.Body);
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < Math.Min(results.Count, batch.Count); index++)
        {
            if (results[index] is not { Status: "rejected" } result)
                continue;
            var reason = result.Reason ?? "unknown";
            reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            Tell(new RejectedEvent(
                BatchParts.EventOf(document.RootElement, index), reason, result.Message ?? "The API gives no reason."));
        }
        foreach (var (reason, count) in reasons)
        {
            Interlocked.Add(ref _rejected, count);
            ClientTelemetry.Rejected.Add(count, new KeyValuePair<string, object?>("reason", reason));
            logger.LogWarning(
                "The API rejected {Count} of {Total} events: {Reason}. They are in its quarantine "
                    + "(recommend quarantine list); Events.OnRejected gets each",
                count,
                batch.Count,
                reason);
        }
    }

    private void Tell(RejectedEvent rejected)
    {
        try
        {
            onRejected?.Invoke(rejected);
        }
        catch (Exception problem)
        {
            // The callback belongs to the program; its failure must not send the batch again.
            logger.LogError(problem, "Events.OnRejected failed");
        }
    }
}
