using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;

namespace Recommendation.Local.Files;

/// <summary><c>batch-runs/{runId}/segments/00000.json</c>: the frozen users.</summary>
internal sealed record StoredSegmentDocument(int FormatVersion, string[] Users) : IStoredDocument;

/// <summary><c>batch-runs/{runId}/results/00000.json</c>.</summary>
internal sealed record SegmentResultDocument(
    int FormatVersion,
    int Number,
    int Ranked,
    int Fallback,
    int Failed,
    int Skipped,
    long Recommendations,
    string? FirstError = null) : IStoredDocument
{
    internal static SegmentResultDocument From(SegmentResult result) => new(
        StoredJson.NewestFormat,
        result.Number,
        result.Counts.Ranked,
        result.Counts.Fallback,
        result.Counts.Failed,
        result.Counts.Skipped,
        result.Recommendations,
        result.FirstError);

    internal SegmentResult ToResult() =>
        new(Number, new BatchCounts(Ranked, Fallback, Failed, Skipped), Recommendations, FirstError);
}
