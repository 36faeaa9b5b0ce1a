using Recommendation.Domain.Batches;

namespace Recommendation.Local.Files;

/// <summary><c>batch-runs/{runId}/run.json</c>.</summary>
internal sealed record RunDocument(
    int FormatVersion,
    string Id,
    DateTimeOffset StartedAt,
    DateTimeOffset Cutoff,
    BatchState State,
    int Attempt,
    int Segments,
    int Users,
    int Ranked,
    int Fallback,
    int Failed,
    int Skipped,
    long Recommendations,
    string? ModelVersion = null,
    DateTimeOffset? FinishedAt = null,
    string? Note = null,
    string Owner = "") : IStoredDocument
{
    internal static RunDocument From(BatchRun run) => new(
        StoredJson.NewestFormat,
        run.Id.Value,
        run.StartedAt,
        run.Cutoff,
        run.State,
        run.Attempt,
        run.Segments,
        run.Users,
        run.Counts.Ranked,
        run.Counts.Fallback,
        run.Counts.Failed,
        run.Counts.Skipped,
        run.Recommendations,
        run.ModelVersion?.Value,
        run.FinishedAt,
        run.Note,
        run.Owner);

    internal BatchRun ToRun() => new()
    {
        Id = BatchRunId.Parse(Id),
        StartedAt = StartedAt,
        Cutoff = Cutoff,
        State = State,
        Attempt = Attempt,
        Segments = Segments,
        Users = Users,
        Counts = new BatchCounts(Ranked, Fallback, Failed, Skipped),
        Recommendations = Recommendations,
        ModelVersion = ModelVersion is null ? null : Domain.Models.ModelVersion.Parse(ModelVersion),
        FinishedAt = FinishedAt,
        Note = Note,
        Owner = Owner,
    };
}
