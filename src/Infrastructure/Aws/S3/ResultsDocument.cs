using Recommendation.Domain;
using Recommendation.Domain.Batches;

namespace Recommendation.Aws.S3;

/// <summary>
/// <c>batch-results/…/results.json</c>: the reference system's <c>timestamp</c>, <c>processedUsers</c> and
/// <c>recommendationsGenerated</c>, and what became of each active user.
/// </summary>
internal sealed record ResultsDocument(
    int FormatVersion,
    string Timestamp,
    int ProcessedUsers,
    long RecommendationsGenerated,
    string RunId,
    string StartedAt,
    string? FinishedAt,
    string? ModelVersion,
    int Active,
    int Ranked,
    int Fallback,
    int Failed,
    int Skipped,
    string? Note) : IStoredDocument
{
    /// <param name="run">A completed run. Processed are the users who got a list: a failed one is not.</param>
    internal static ResultsDocument From(BatchRun run) => new(
        S3Json.Format, Timestamps.Format(run.FinishedAt ?? run.StartedAt), run.Counts.Ranked + run.Counts.Fallback, run.Recommendations, run.Id.Value,
        StoredTime.Format(run.StartedAt), run.FinishedAt is { } finished ? Timestamps.Format(finished) : null, run.ModelVersion?.Value,
        run.Counts.Active, run.Counts.Ranked, run.Counts.Fallback, run.Counts.Failed, run.Counts.Skipped, run.Note);
}
