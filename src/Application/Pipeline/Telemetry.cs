using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Pipeline;

/// <summary>The one meter and the one activity source; hosts export both under the name <see cref="Name"/>.</summary>
public static class Telemetry
{
    public const string Name = "Recommendation";

    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter s_meter = new(Name);

    internal static readonly Histogram<double> RequestDuration =
        s_meter.CreateHistogram<double>("recommendation.request.duration", "ms", "Time that a use case took.");

    internal static readonly Counter<long> RecordsAccepted = s_meter.CreateCounter<long>(
        "recommendation.records.accepted",
        "{record}",
        "Interactions counted in a profile for the first time."
    );

    internal static readonly Counter<long> RecordsRejected = s_meter.CreateCounter<long>(
        "recommendation.records.rejected",
        "{record}",
        "Records put into quarantine, by reason."
    );

    internal static readonly Counter<long> RecordsDuplicated = s_meter.CreateCounter<long>(
        "recommendation.records.duplicated",
        "{record}",
        "Copies dropped: redelivered by the log, or sent again by a producer."
    );

    internal static readonly Counter<long> RecommendationIdsRejected = s_meter.CreateCounter<long>(
        "recommendation.ids.rejected",
        "{id}",
        "Recommendation ids of valid events that do not count, by reason; the events count without them."
    );

    internal static readonly Counter<long> FeedbackAlarms = s_meter.CreateCounter<long>(
        "recommendation.feedback.alarms",
        "{alarm}",
        "What the nightly check of metrics and experiments found, by alarm."
    );

    /// <summary>
    /// How many types of their own the metric names in a process; producers choose the types, and each
    /// costs a time series.
    /// </summary>
    private const int MaximumUnnamedTypes = 20;

    private static readonly ConcurrentDictionary<InteractionType, bool> s_unnamedTypes = [];

    private static readonly Counter<long> s_recordsUnnamed = s_meter.CreateCounter<long>(
        "recommendation.records.unnamed",
        "{record}",
        "Interactions counted whose type the settings do not name, by type; 'other' beyond the first 20 types."
    );

    internal static readonly Counter<long> RecordsFailed = s_meter.CreateCounter<long>(
        "recommendation.records.failed",
        "{record}",
        "Records whose profile could not be saved; they are delivered again."
    );

    internal static readonly Counter<long> ProfilesWritten =
        s_meter.CreateCounter<long>("recommendation.profiles.written", "{profile}", "Profiles saved.");

    internal static readonly Counter<long> SaveConflicts = s_meter.CreateCounter<long>(
        "recommendation.profiles.conflicts",
        "{conflict}",
        "Saves that found another version and were folded again."
    );

    internal static readonly Histogram<double> Lag = s_meter.CreateHistogram<double>(
        "recommendation.records.lag",
        "ms",
        "Time from the arrival of a batch's oldest record to its profiles being saved."
    );

    internal static readonly Counter<long> BatchUsers = s_meter.CreateCounter<long>(
        "recommendation.batch.users",
        "{user}",
        "Users of batch runs, by outcome: ranked, fallback, failed, skipped."
    );

    internal static readonly Counter<long> BatchRuns =
        s_meter.CreateCounter<long>("recommendation.batch.runs", "{run}", "Batch runs ended, by state.");

    internal static readonly Histogram<double> RankingDuration = s_meter.CreateHistogram<double>(
        "recommendation.ranking.duration",
        "ms",
        "Time that a call to the ranker took."
    );

    internal static readonly Histogram<double> ListAge =
        s_meter.CreateHistogram<double>("recommendation.list.age", "s", "Age of the lists shown.");

    internal static readonly Counter<long> ListsShown =
        s_meter.CreateCounter<long>("recommendation.lists.shown", "{list}", "Lists shown, by source.");

    internal static readonly Histogram<double> ModelNdcg = s_meter.CreateHistogram<double>(
        "recommendation.model.ndcg",
        "1",
        "NDCG@10 of models before the gate, on interactions that they were not trained on."
    );

    internal static readonly Histogram<double> StoredListsNdcg = s_meter.CreateHistogram<double>(
        "recommendation.lists.ndcg",
        "1",
        "NDCG@10 of the stored lists of the last batch run, on what their users came to since."
    );

    /// <summary>
    /// Counts 0 of what has not happened yet. Without it a counter appears with its first event, and the increase that
    /// alerts look at would miss that one.
    /// </summary>
    public static void ShowZeros()
    {
        foreach (var counter in new[]
        {
            RecordsAccepted, RecordsDuplicated, RecordsFailed, ProfilesWritten, SaveConflicts,
        })
            counter.Add(0);
        Show(RecordsRejected, "reason", RejectionCode.Malformed.Value, RejectionCode.InvalidUser.Value,
            RejectionCode.InvalidItem.Value, RejectionCode.InvalidTime.Value, RejectionCode.RefusedByStore.Value);
        Show(RecommendationIdsRejected, "reason", "malformed", "unknown-key", "bad-signature", "other-user");
        Show(BatchUsers, "outcome", "ranked", "fallback", "failed", "skipped");
        Show(BatchRuns, "state", "completed", "skipped", "cancelled");
        Show(ListsShown, "source", "batch", "realtime", "stale", "popular");
        Show(FeedbackAlarms, "alarm", "impressions-without-lists", "ctr-drop", "sample-ratio", "guardrail");
        Show(s_recordsUnnamed, "type", InteractionType.Other.Value);

        static void Show(Counter<long> counter, string label, params string[] values)
        {
            foreach (var value in values)
                counter.Add(0, new KeyValuePair<string, object?>(label, value));
        }
    }

    internal static void CountUnnamed(UnnamedTypes unnamed)
    {
        var left = unnamed.Total;
        foreach (var (type, count) in unnamed.Most(MaximumUnnamedTypes))
        {
            if (
                !s_unnamedTypes.ContainsKey(type)
                && (s_unnamedTypes.Count >= MaximumUnnamedTypes || !s_unnamedTypes.TryAdd(type, true))
            )
                continue;
            s_recordsUnnamed.Add(count, new KeyValuePair<string, object?>("type", type.Value));
            left -= count;
        }
        if (left > 0)
            s_recordsUnnamed.Add(left, new KeyValuePair<string, object?>("type", InteractionType.Other.Value));
    }
}
