using System.Text.Json.Serialization;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Batches;

/// <summary><c>batch-runs/{runId}/run.json</c>: the record of a run, as every platform stores it.</summary>
public sealed record RunDocument(
    int FormatVersion,
    string Id,
    string StartedAt,
    string Cutoff,
    string State,
    int Attempt,
    int Segments,
    int Users,
    int Ranked,
    int Fallback,
    int Failed,
    int Skipped,
    long Recommendations,
    [property: JsonPropertyName("modelVersion")] string? Model = null,
    string? FinishedAt = null,
    string? Note = null,
    string Owner = "",
    int? NextBucket = null,
    bool IsOfGivenUsers = false,
    int FirstSegment = 0) : IStoredDocument
{
    public static RunDocument From(BatchRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new(
            StoredFormat.First,
            run.Id.Value,
            Timestamps.Format(run.StartedAt),
            Timestamps.Format(run.Cutoff),
            run.State.ToText(),
            run.Attempt,
            run.Segments,
            run.Users,
            run.Counts.Ranked,
            run.Counts.Fallback,
            run.Counts.Failed,
            run.Counts.Skipped,
            run.Recommendations,
            run.ModelVersion?.Value,
            run.FinishedAt is { } finished ? Timestamps.Format(finished) : null,
            run.Note,
            run.Owner,
            run.NextBucket,
            run.IsOfGivenUsers,
            run.FirstSegment
        );
    }

    /// <exception cref="StoredFormatException">A time or the state is none.</exception>
    /// <exception cref="ArgumentException">A name in it is none.</exception>
    public BatchRun ToRun() => new()
    {
        Id = BatchRunId.Parse(Id),
        StartedAt = StoredFormat.TimeOf(StartedAt),
        Cutoff = StoredFormat.TimeOf(Cutoff),
        // Earlier programs wrote the state of a folder's runs with a capital.
        State = BatchStateText.Parse(State.ToLowerInvariant())
            ?? throw new StoredFormatException($"A run is in the state '{State}', which this version does not know."),
        Attempt = Attempt,
        Segments = Segments,
        Users = Users,
        Counts = new BatchCounts(Ranked, Fallback, Failed, Skipped),
        Recommendations = Recommendations,
        ModelVersion = Model is null ? null : ModelVersion.Parse(Model),
        FinishedAt = FinishedAt is null ? null : StoredFormat.TimeOf(FinishedAt),
        Note = Note,
        Owner = Owner,
        NextBucket = NextBucket,
        IsOfGivenUsers = IsOfGivenUsers,
        FirstSegment = FirstSegment,
    };
}
