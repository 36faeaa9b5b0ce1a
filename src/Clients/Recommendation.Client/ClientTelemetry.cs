using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Recommendation.Client;

/// <summary>
/// What OpenTelemetry is told: <c>AddSource(ClientTelemetry.Name)</c> and <c>AddMeter(ClientTelemetry.Name)</c>.
/// </summary>
public static class ClientTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Recommendation.Client";

    private static readonly ActivitySource s_activities = new(Name);

    private static readonly Meter s_meter = new(Name);

    private static readonly Histogram<double> s_calls = s_meter.CreateHistogram<double>(
        "recommendation.client.call.duration", "s", "How long calls of the API take with all their attempts.");

    internal static readonly Counter<long> Written = s_meter.CreateCounter<long>(
        "recommendation.client.events.written", "{event}", "Events that the writer took.");

    internal static readonly Counter<long> Delivered = s_meter.CreateCounter<long>(
        "recommendation.client.events.delivered", "{event}", "Events that the API acknowledged.");

    internal static readonly Counter<long> Rejected = s_meter.CreateCounter<long>(
        "recommendation.client.events.rejected", "{event}", "Events that the API rejected, by reason.");

    internal static readonly Counter<long> Dropped = s_meter.CreateCounter<long>(
        "recommendation.client.events.dropped", "{event}", "Events without room, or lost at the writer's stop.");

    internal static readonly Counter<long> Spilled = s_meter.CreateCounter<long>(
        "recommendation.client.events.spilled", "{event}", "Events that were written to the disk to wait.");

    internal static readonly Counter<long> Retries = s_meter.CreateCounter<long>(
        "recommendation.client.batches.failed", "{batch}", "Attempts to send a batch that failed and are repeated.");

    internal static Activity? Start(string operation) =>
        s_activities.StartActivity($"recommendation {operation}", ActivityKind.Client)
            ?.SetTag("recommendation.operation", operation);

    internal static void Called(string operation, TimeSpan took, string? error)
    {
        var tags = new TagList { { "recommendation.operation", operation } };
        if (error is not null)
            tags.Add("error.type", error);
        s_calls.Record(took.TotalSeconds, tags);
    }
}
