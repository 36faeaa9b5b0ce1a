using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.S3;

/// <summary><c>batch-runs/{runId}/segments/{number}.json</c>: the users frozen under a number.</summary>
internal sealed record StoredSegmentDocument(int FormatVersion, string RunId, int Segment, IReadOnlyList<string> Users)
    : IStoredDocument
{
    internal static StoredSegmentDocument From(BatchRunId run, int segment, IReadOnlyList<UserId> users) =>
        new(S3Json.Format, run.Value, segment, [.. users.Select(user => user.Value)]);

    internal StoredSegmentDocument With(IReadOnlyList<UserId> users) =>
        this with
        {
            Users = [.. users.Select(user => user.Value)],
        };

    internal IReadOnlyList<UserId> ToUsers() => [.. Users.Select(UserId.FromStored)];
}

/// <summary>An element of <c>batch-runs/{runId}/segments.json</c>, over which the state machine maps.</summary>
internal sealed record SegmentReference(string RunId, int Segment)
{
    internal static SegmentReference[] AllOf(BatchRun run) =>
        [
            .. Enumerable
                .Range(run.FirstSegment, run.Segments)
                .Select(segment => new SegmentReference(run.Id.Value, segment)),
        ];
}

/// <summary><c>batch-runs/{runId}/results/{number}.json</c>: what became of a segment.</summary>
internal sealed record SegmentResultDocument(
    int FormatVersion,
    int Segment,
    int Ranked,
    int Fallback,
    int Failed,
    int Skipped,
    long Recommendations,
    string? FirstError
) : IStoredDocument
{
    internal static SegmentResultDocument From(SegmentResult result) =>
        new(
            S3Json.Format,
            result.Number,
            result.Counts.Ranked,
            result.Counts.Fallback,
            result.Counts.Failed,
            result.Counts.Skipped,
            result.Recommendations,
            result.FirstError
        );

    internal SegmentResult ToResult() =>
        new(Segment, new BatchCounts(Ranked, Fallback, Failed, Skipped), Recommendations, FirstError);
}

/// <summary>A thousand results in one document.</summary>
internal sealed record SegmentResultPageDocument(int FormatVersion, SegmentResultDocument[] Results) : IStoredDocument;
