using Recommendation.Application.Batches;
using Recommendation.Application.Models;
using Recommendation.Domain;

namespace Recommendation.AdminApi.Overview;

/// <summary>How it is now, on one page.</summary>
/// <param name="AsOf">What counts as now.</param>
/// <param name="Traffic">Events in the last hour.</param>
/// <param name="Lag">How far the profiles are behind the log.</param>
/// <param name="Stored">How much is stored; members are null where the platform can't say it cheaply.</param>
/// <param name="ListAgeSeconds">How long ago the last completed run of all active users ended;
/// null before the first.</param>
/// <param name="FallbackShare">Of the users of the last completed run of all active users, who got the popular items, 0
/// … 1; null before the first.</param>
/// <param name="Shown">Lists shown in the last hour, by source.</param>
/// <param name="Model">The current model; null where there is none.</param>
/// <param name="Running">The run that is going; null where none is.</param>
/// <param name="LastRun">The last run that ended, however; null before the first.</param>
/// <param name="Erasures">The erasures that are not finished.</param>
internal sealed record OverviewDocument(
    string AsOf,
    TrafficDocument Traffic,
    LagDocument Lag,
    StoredDocument Stored,
    double? ListAgeSeconds,
    double? FallbackShare,
    ShownDocument Shown,
    ModelDocument? Model,
    BatchDocument? Running,
    BatchDocument? LastRun,
    OpenErasuresDocument Erasures
);

/// <summary>The erasures that are not finished; <c>GET /v1/erasures</c> lists them with what stopped them.</summary>
/// <param name="Open">How many.</param>
/// <param name="OldestSeconds">How long ago the oldest of them was requested; null if there is none.</param>
internal sealed record OpenErasuresDocument(int Open, double? OldestSeconds);

/// <summary>Events as this process saw them.</summary>
/// <param name="Since">When this process started: before that it saw nothing.</param>
/// <param name="Minutes">60 minutes, oldest first.</param>
/// <param name="UnnamedTypes">Interaction types that the settings do not name, and how many events since the start had
/// them; the first 20, then <c>other</c>.</param>
internal sealed record TrafficDocument(
    string Since, long Accepted, long Rejected, long Duplicated, long Failed, IReadOnlyList<MinuteDocument> Minutes,
    IReadOnlyDictionary<string, long> UnnamedTypes)
{
    internal static TrafficDocument From(
        DateTimeOffset since,
        IReadOnlyList<MinuteTraffic> hour,
        IReadOnlyDictionary<string, long> unnamedTypes
    ) =>
        new(
            Timestamps.Format(since),
            hour.Sum(minute => minute.Accepted),
            hour.Sum(minute => minute.Rejected),
            hour.Sum(minute => minute.Duplicated),
            hour.Sum(minute => minute.Failed),
            [.. hour.Select(MinuteDocument.From)],
            unnamedTypes
        );
}

/// <summary>A minute's events: counted for the first time, put into quarantine, dropped as copies.</summary>
internal sealed record MinuteDocument(string At, long Accepted, long Rejected, long Duplicated)
{
    internal static MinuteDocument From(MinuteTraffic minute) =>
        new(
            Timestamps.Format(DateTimeOffset.FromUnixTimeSeconds(minute.Minute * 60)),
            minute.Accepted,
            minute.Rejected,
            minute.Duplicated
        );
}

/// <summary>How far the profiles are behind the log.</summary>
/// <param name="PendingUsers">Users with events that their profiles do not hold yet.</param>
/// <param name="Milliseconds">From arrival to profile, for the last events applied; null before the first.</param>
internal sealed record LagDocument(int PendingUsers, double? Milliseconds);

/// <summary>How much is stored.</summary>
/// <param name="Quarantined">Rejected records that were not sent again.</param>
internal sealed record StoredDocument(long? Profiles, long? Lists, long? Quarantined);

/// <summary>Lists shown, by source.</summary>
internal sealed record ShownDocument(long Batch, long Realtime, long Stale, long Popular)
{
    internal static ShownDocument From(IReadOnlyList<MinuteTraffic> hour) =>
        new(
            hour.Sum(minute => minute.Batch),
            hour.Sum(minute => minute.Realtime),
            hour.Sum(minute => minute.Stale),
            hour.Sum(minute => minute.Popular)
        );
}
