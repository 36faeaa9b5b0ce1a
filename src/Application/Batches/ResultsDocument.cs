using System.Text.Json.Serialization;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Batches;

namespace Recommendation.Application.Batches;

/// <summary>
/// <c>batch-results/{date}/results.json</c>: the reference system's <c>timestamp</c>, <c>processedUsers</c> and
/// <c>recommendationsGenerated</c>, and what became of each active user. Readers rely on it, so names never change.
/// </summary>
/// <param name="FormatVersion">The version of the document's layout.</param>
/// <param name="Timestamp">When the run finished; when it started, if it has not.</param>
/// <param name="ProcessedUsers">Users who got a list: a failed or skipped one is not processed.</param>
/// <param name="RecommendationsGenerated">Items in those lists.</param>
/// <param name="RunId">The run.</param>
/// <param name="StartedAt">When it first started.</param>
/// <param name="FinishedAt">When it ended; null while it goes on.</param>
/// <param name="ModelVersion">The model that ranked; null where there was none.</param>
/// <param name="Active">All users of the run: the sum of the four that follow.</param>
/// <param name="Ranked">Got a list from the model.</param>
/// <param name="Fallback">Got the popular items.</param>
/// <param name="Failed">Keep the list that they had.</param>
/// <param name="Skipped">Forgotten, or no longer active.</param>
/// <param name="Note">The first failure as a sentence; null where all went well.</param>
public sealed record ResultsDocument(
    int FormatVersion,
    string Timestamp,
    int ProcessedUsers,
    long RecommendationsGenerated,
    string RunId,
    string StartedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? FinishedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? ModelVersion,
    int Active,
    int Ranked,
    int Fallback,
    int Failed,
    int Skipped,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Note = null) : IStoredDocument
{
    public static ResultsDocument From(BatchRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new(
            StoredFormat.First,
            Timestamps.Format(run.FinishedAt ?? run.StartedAt),
            run.Counts.Ranked + run.Counts.Fallback,
            run.Recommendations,
            run.Id.Value,
            Timestamps.Format(run.StartedAt),
            run.FinishedAt is { } finished ? Timestamps.Format(finished) : null,
            run.ModelVersion?.Value,
            run.Counts.Active,
            run.Counts.Ranked,
            run.Counts.Fallback,
            run.Counts.Failed,
            run.Counts.Skipped,
            run.Note
        );
    }

    /// <summary>Whether the run that this is of started later than another.</summary>
    /// <exception cref="StoredFormatException">The start is no time.</exception>
    public bool IsLaterThan(BatchRun other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (
                Timestamps.Parse(StartedAt)
                ?? throw new StoredFormatException(
                    $"A run's results say that it started at '{StartedAt}', which is no time."
                )
            ) > other.StartedAt;
    }
}
