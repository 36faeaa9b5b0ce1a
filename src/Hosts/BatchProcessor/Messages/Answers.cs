namespace Recommendation.BatchProcessor.Messages;

/// <summary>Answers <c>plan</c>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="State"><c>planning</c> while there is more to freeze, then <c>ranking</c>; or <c>skipped</c>,
/// <c>completed</c>, <c>cancelled</c>.</param>
/// <param name="Done">Whether planning is over; if not, it is to be asked for again with the continuation.</param>
/// <param name="Continuation">Null when done.</param>
/// <param name="SegmentsKey">The object that lists the segments, to be mapped over.</param>
/// <param name="Segments">How many segments are frozen.</param>
/// <param name="Users">How many users are in them.</param>
/// <param name="ModelVersion">The model that ranks; null where there is none.</param>
internal sealed record PlanAnswer(
    string RunId,
    string State,
    bool Done,
    Continuation? Continuation,
    string SegmentsKey,
    int Segments,
    int Users,
    string? ModelVersion
);

/// <summary>Answers <c>erase</c>.</summary>
/// <param name="Done">Whether all that were asked for are finished; if not, it is to be asked again.</param>
/// <param name="Open">How many are not finished.</param>
/// <param name="WaitSeconds">How long to wait before asking again; at least 1.</param>
internal sealed record EraseAnswer(bool Done, int Open, int WaitSeconds);

/// <summary>Answers <c>compact</c>.</summary>
/// <param name="Done">Whether nothing is left to do; if not, it is to be asked again.</param>
/// <param name="WaitSeconds">How long to wait before asking again; at least 1.</param>
internal sealed record CompactAnswer(bool Done, int WaitSeconds);

/// <summary>Answers <c>popular</c>: how many items each window has.</summary>
internal sealed record PopularAnswer(IReadOnlyDictionary<string, int> Windows);

/// <summary>Answers <c>feedback</c>.</summary>
/// <param name="Counted">How many groups of users were counted.</param>
/// <param name="Left">How many are left for the next time, since the time was up.</param>
/// <param name="CountedThrough">What arrived before is counted; null if that can't be said yet.</param>
internal sealed record FeedbackAnswer(int Counted, int Left, string? CountedThrough);

/// <summary>Answers <c>measure</c>.</summary>
/// <param name="Users">How many users came to something new since their list was made; the metric is
/// recorded from 30 on.</param>
/// <param name="Ndcg">NDCG@10 of their lists; null where there was nothing to measure.</param>
/// <param name="Note">Why there was nothing; null else.</param>
/// <param name="Alarms">What an operator should know of metrics and experiments.</param>
internal sealed record MeasureAnswer(int Users, double? Ndcg, string? Note, IReadOnlyList<string>? Alarms = null);

/// <summary>Answers <c>segment</c>; the counts are those of all its users that are done.</summary>
internal sealed record SegmentAnswer(
    string RunId,
    int Segment,
    bool Done,
    Continuation? Continuation,
    int Ranked,
    int Fallback,
    int Failed,
    int Skipped
);
