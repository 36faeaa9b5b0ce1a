using Recommendation.Application.Batches;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;

namespace Recommendation.Aws.S3;

/// <summary><c>batch-runs/{runId}/run.json</c>: the record of a run.</summary>
internal sealed record RunDocument(
    int FormatVersion,
    string Id,
    string StartedAt,
    string Cutoff,
    string? ModelVersion,
    string State,
    int Attempt,
    int Segments,
    int Users,
    int Ranked,
    int Fallback,
    int Failed,
    int Skipped,
    long Recommendations,
    string? FinishedAt,
    string? Note,
    string Owner = "") : IStoredDocument
{
    internal static RunDocument From(BatchRun run) => new(
        S3Json.Format, run.Id.Value, StoredTime.Format(run.StartedAt), StoredTime.Format(run.Cutoff), run.ModelVersion?.Value, run.State.ToText(),
        run.Attempt, run.Segments, run.Users, run.Counts.Ranked, run.Counts.Fallback, run.Counts.Failed, run.Counts.Skipped, run.Recommendations,
        run.FinishedAt is { } finished ? StoredTime.Format(finished) : null, run.Note, run.Owner);

    internal BatchRun ToRun() => new()
    {
        Id = BatchRunId.Parse(Id),
        StartedAt = StoredTime.Parse(StartedAt),
        Cutoff = StoredTime.Parse(Cutoff),
        ModelVersion = ModelVersion is null ? null : Domain.Models.ModelVersion.Parse(ModelVersion),
        State = BatchStateText.Parse(State)
            ?? throw new StoredFormatException($"A run is in the state '{State}', which this version does not know."),
        Attempt = Attempt,
        Segments = Segments,
        Users = Users,
        Counts = new BatchCounts(Ranked, Fallback, Failed, Skipped),
        Recommendations = Recommendations,
        FinishedAt = FinishedAt is null ? null : StoredTime.Parse(FinishedAt),
        Note = Note,
        Owner = Owner,
    };
}

/// <summary><c>batch-runs/lease.json</c>: who may work on a run.</summary>
internal sealed record LeaseDocument(int FormatVersion, string RunId, int Attempt, string ExpiresAt, string Owner = "") : IStoredDocument
{
    internal static LeaseDocument From(BatchLease lease) => new(S3Json.Format, lease.RunId.Value, lease.Attempt, StoredTime.Format(lease.ExpiresAt), lease.Owner);

    internal BatchLease ToLease() => new(BatchRunId.Parse(RunId), Attempt, StoredTime.Parse(ExpiresAt)) { Owner = Owner };
}
