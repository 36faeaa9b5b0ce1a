using Recommendation.Application.Batches;
using Recommendation.Domain;
using Recommendation.Modeling.Evaluation;

namespace Recommendation.Cli.Output;

/// <param name="RecallInterval">Where the recall lies with 95 % confidence: low, high.</param>
/// <param name="TrainSeconds">Null where a model was given.</param>
/// <param name="Baselines">By name; null unless asked for.</param>
/// <param name="Cutoffs">The same lists at other lengths; null but for sequences.</param>
internal sealed record EvaluationDocument(
    int K,
    int Users,
    double Recall,
    double Ndcg,
    double HitRate,
    double ReciprocalRank,
    IReadOnlyList<double> RecallInterval,
    IReadOnlyList<double> NdcgInterval,
    double Coverage,
    double Novelty,
    double? TrainSeconds,
    double MicrosecondsPerUser,
    double PeakMemoryMegabytes,
    IReadOnlyDictionary<string, double> Parameters,
    IReadOnlyDictionary<string, double> Validation,
    IReadOnlyList<EvaluatedSegmentDocument> Segments,
    IReadOnlyDictionary<string, EvaluatedBaselineDocument>? Baselines,
    IReadOnlyList<EvaluatedCutoffDocument>? Cutoffs
);

/// <param name="K">How long the lists were taken to be.</param>
internal sealed record EvaluatedCutoffDocument(int K, double Recall, double Ndcg, double HitRate);

internal sealed record EvaluatedSegmentDocument(
    string Segment,
    int Users,
    double Recall,
    double Ndcg,
    double HitRate,
    double ReciprocalRank,
    IReadOnlyList<double> RecallInterval,
    IReadOnlyList<double> NdcgInterval
);

/// <param name="NdcgGain">How much higher the model's NDCG is, user by user, with 95 % confidence: low, high.</param>
internal sealed record EvaluatedBaselineDocument(
    double Recall,
    double Ndcg,
    double HitRate,
    double ReciprocalRank,
    IReadOnlyList<double> RecallInterval,
    IReadOnlyList<double> NdcgInterval,
    IReadOnlyList<double> NdcgGain,
    double Coverage,
    double Novelty,
    double TrainSeconds
);

/// <param name="Telling">Whether there are enough users for the figures to mean something.</param>
/// <param name="WithoutList">Users who came to something new and have no list of the run.</param>
internal sealed record StoredListsDocument(
    string RunId,
    string StartedAt,
    string? ModelVersion,
    int K,
    bool Telling,
    int Users,
    int WithoutList,
    double Recall,
    double Ndcg,
    double HitRate
);

internal static class EvaluationDocuments
{
    internal static StoredListsDocument Of(StoredListsQuality quality) =>
        new(
            quality.Run.Id.Value,
            Timestamps.Format(quality.Run.StartedAt),
            quality.Run.ModelVersion?.Value,
            quality.Cutoff,
            quality.IsTelling,
            quality.Users,
            quality.WithoutList,
            quality.Recall,
            quality.Ndcg,
            quality.HitRate
        );

    internal static EvaluationDocument Of(EvaluationReport report) =>
        new(
            report.Cutoff,
            report.Overall.Users,
            report.Overall.Recall,
            report.Overall.Ndcg,
            report.Overall.HitRate,
            report.Overall.ReciprocalRank,
            Pair(report.Overall.RecallInterval),
            Pair(report.Overall.NdcgInterval),
            report.Coverage,
            report.Novelty,
            report.TrainSeconds is { } seconds ? Math.Round(seconds, 2) : null,
            Math.Round(report.MicrosecondsPerUser, 1),
            Math.Round(report.PeakMemoryBytes / 1e6),
            report.Parameters,
            report.ValidationMetrics,
            [
                .. report.Segments.Select(segment => new EvaluatedSegmentDocument(
                    segment.Key,
                    segment.Value.Users,
                    segment.Value.Recall,
                    segment.Value.Ndcg,
                    segment.Value.HitRate,
                    segment.Value.ReciprocalRank,
                    Pair(segment.Value.RecallInterval),
                    Pair(segment.Value.NdcgInterval)
                )),
            ],
            report.Baselines.Count == 0
                ? null
                : report.Baselines.ToDictionary(one => one.Key, one => Of(one.Value), StringComparer.Ordinal),
            report.ByCutoff.Count == 0
                ? null
                :
                [
                    .. report
                        .ByCutoff.OrderBy(one => one.Key)
                        .Select(one => new EvaluatedCutoffDocument(
                            one.Key,
                            one.Value.Recall,
                            one.Value.Ndcg,
                            one.Value.HitRate
                        )),
                ]
        );

    private static EvaluatedBaselineDocument Of(BaselineReport baseline) =>
        new(
            baseline.Overall.Recall,
            baseline.Overall.Ndcg,
            baseline.Overall.HitRate,
            baseline.Overall.ReciprocalRank,
            Pair(baseline.Overall.RecallInterval),
            Pair(baseline.Overall.NdcgInterval),
            Pair(baseline.NdcgGain),
            baseline.Coverage,
            baseline.Novelty,
            Math.Round(baseline.TrainSeconds, 2)
        );

    private static double[] Pair(Interval interval) => [interval.Low, interval.High];
}
