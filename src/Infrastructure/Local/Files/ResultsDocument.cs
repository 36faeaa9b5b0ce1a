using System.Text.Json.Serialization;
using Recommendation.Domain.Batches;

namespace Recommendation.Local.Files;

/// <summary><c>batch-results/{date}/results.json</c>: what readers of the results rely on, so names never change.</summary>
/// <param name="Timestamp">When the run finished; when it started, if it has not.</param>
/// <param name="ProcessedUsers">Users who got a list: a failed or skipped one is not processed.</param>
/// <param name="RecommendationsGenerated">Items in those lists.</param>
/// <param name="Note">The first failure as a sentence; null where all went well.</param>
internal sealed record ResultsDocument(
    int FormatVersion,
    DateTimeOffset Timestamp,
    int ProcessedUsers,
    long RecommendationsGenerated,
    string RunId,
    DateTimeOffset StartedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? FinishedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? ModelVersion,
    int Active,
    int Ranked,
    int Fallback,
    int Failed,
    int Skipped,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Note = null) : IStoredDocument
{
    internal static ResultsDocument From(BatchRun run) => new(
        StoredJson.NewestFormat,
        run.FinishedAt ?? run.StartedAt,
        run.Counts.Ranked + run.Counts.Fallback,
        run.Recommendations,
        run.Id.Value,
        run.StartedAt,
        run.FinishedAt,
        run.ModelVersion?.Value,
        run.Counts.Active,
        run.Counts.Ranked,
        run.Counts.Fallback,
        run.Counts.Failed,
        run.Counts.Skipped,
        run.Note);
}
