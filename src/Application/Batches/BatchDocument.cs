using Recommendation.Domain;
using Recommendation.Domain.Batches;

namespace Recommendation.Application.Batches;

/// <summary>A batch run.</summary>
/// <param name="State"><c>planning</c>, <c>ranking</c>, <c>completed</c>, <c>cancelled</c>, <c>skipped</c> or
/// <c>interrupted</c> (its process died).</param>
/// <param name="Users">How many users were frozen; 0 until the run is planned.</param>
/// <param name="Active">Users accounted for, once completed: ranked + fallback + failed + skipped.</param>
/// <param name="Note">Why it was skipped, or the first failure; null where all went well.</param>
public sealed record BatchDocument(
    string RunId,
    string State,
    string StartedAt,
    string Cutoff,
    string? FinishedAt,
    string? ModelVersion,
    int Attempt,
    int Segments,
    int Users,
    int Active,
    int Ranked,
    int Fallback,
    int Failed,
    int Skipped,
    long Recommendations,
    string? Note
)
{
    /// <param name="run">The run.</param>
    public static BatchDocument From(BatchRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new(
            run.Id.Value,
            run.State.ToText(),
            Timestamps.Format(run.StartedAt),
            Timestamps.Format(run.Cutoff),
            run.FinishedAt is { } finished ? Timestamps.Format(finished) : null,
            run.ModelVersion?.Value,
            run.Attempt,
            run.Segments,
            run.Users,
            run.Counts.Active,
            run.Counts.Ranked,
            run.Counts.Fallback,
            run.Counts.Failed,
            run.Counts.Skipped,
            run.Recommendations,
            run.Note
        );
    }
}

/// <summary>A run, how far it is, and its segments.</summary>
public sealed record BatchDetailDocument(
    BatchDocument Run,
    BatchProgressDocument Progress,
    IReadOnlyList<SegmentDocument> Segments
)
{
    /// <param name="shown">The run.</param>
    /// <param name="hide">Takes out of messages what the reader need not know; null to leave them as they are.</param>
    public static BatchDetailDocument From(ShownBatch shown, Func<string, string>? hide = null)
    {
        ArgumentNullException.ThrowIfNull(shown);
        return new(
            BatchDocument.From(shown.Run),
            BatchProgressDocument.From(shown),
            [.. shown.Segments.Select(segment => SegmentDocument.From(segment, hide ?? (text => text)))]
        );
    }
}

/// <summary>How far a run is: the sum of the segments that have a result.</summary>
/// <param name="Fraction">Users done of all users, 0 … 1; 0 while it is planned.</param>
public sealed record BatchProgressDocument(
    int UsersDone,
    int Users,
    int SegmentsDone,
    int Segments,
    double Fraction,
    int Ranked,
    int Fallback,
    int Failed,
    int Skipped
)
{
    internal static BatchProgressDocument From(ShownBatch shown)
    {
        var counts = shown.Segments.Aggregate(default(BatchCounts), (sum, segment) => sum + segment.Counts);
        var run = shown.Run;
        var fraction =
            run.State == BatchState.Completed ? 1
            : run.Users == 0 ? 0
            : Math.Round(counts.Active / (double)run.Users, 4);
        return new(
            counts.Active,
            run.Users,
            shown.Segments.Count,
            run.Segments,
            fraction,
            counts.Ranked,
            counts.Fallback,
            counts.Failed,
            counts.Skipped
        );
    }
}

/// <summary>What became of a segment's users.</summary>
/// <param name="FirstError">The first failure as a sentence; null where none.</param>
public sealed record SegmentDocument(
    int Segment,
    int Ranked,
    int Fallback,
    int Failed,
    int Skipped,
    long Recommendations,
    string? FirstError
)
{
    internal static SegmentDocument From(SegmentResult segment, Func<string, string> hide) =>
        new(
            segment.Number,
            segment.Counts.Ranked,
            segment.Counts.Fallback,
            segment.Counts.Failed,
            segment.Counts.Skipped,
            segment.Recommendations,
            segment.FirstError is { } error ? hide(error) : null
        );
}
