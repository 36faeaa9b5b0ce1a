using Recommendation.Modeling.Evaluation;

namespace Recommendation.Cli.Output;

/// <param name="RecallInterval">Where the recall lies with 95 % confidence: low, high.</param>
/// <param name="Baselines">By name; null unless asked for.</param>
internal sealed record EvaluationDocument(
    int K, int Users, double Recall, double Ndcg, double HitRate, double ReciprocalRank, IReadOnlyList<double> RecallInterval,
    IReadOnlyList<double> NdcgInterval, double Coverage, double Novelty, double TrainSeconds, double MicrosecondsPerUser,
    double PeakMemoryMegabytes, IReadOnlyDictionary<string, double> Parameters, IReadOnlyDictionary<string, double> Validation,
    IReadOnlyList<EvaluatedSegmentDocument> Segments, IReadOnlyDictionary<string, EvaluatedBaselineDocument>? Baselines);

internal sealed record EvaluatedSegmentDocument(
    string Segment, int Users, double Recall, double Ndcg, double HitRate, double ReciprocalRank, IReadOnlyList<double> RecallInterval,
    IReadOnlyList<double> NdcgInterval);

/// <param name="NdcgGain">How much higher the model's NDCG is, user by user, with 95 % confidence: low, high.</param>
internal sealed record EvaluatedBaselineDocument(
    double Recall, double Ndcg, double HitRate, double ReciprocalRank, IReadOnlyList<double> RecallInterval, IReadOnlyList<double> NdcgInterval,
    IReadOnlyList<double> NdcgGain, double Coverage, double Novelty, double TrainSeconds);

internal static class EvaluationDocuments
{
    internal static EvaluationDocument Of(EvaluationReport report) => new(
        report.Cutoff, report.Overall.Users, report.Overall.Recall, report.Overall.Ndcg, report.Overall.HitRate, report.Overall.ReciprocalRank,
        Pair(report.Overall.RecallInterval), Pair(report.Overall.NdcgInterval), report.Coverage, report.Novelty,
        Math.Round(report.TrainSeconds, 2), Math.Round(report.MicrosecondsPerUser, 1), Math.Round(report.PeakMemoryBytes / 1e6),
        report.Parameters, report.ValidationMetrics,
        [.. report.Segments.Select(segment => new EvaluatedSegmentDocument(
            segment.Key, segment.Value.Users, segment.Value.Recall, segment.Value.Ndcg, segment.Value.HitRate, segment.Value.ReciprocalRank,
            Pair(segment.Value.RecallInterval), Pair(segment.Value.NdcgInterval)))],
        report.Baselines.Count == 0 ? null : report.Baselines.ToDictionary(one => one.Key, one => Of(one.Value), StringComparer.Ordinal));

    private static EvaluatedBaselineDocument Of(BaselineReport baseline) => new(
        baseline.Overall.Recall, baseline.Overall.Ndcg, baseline.Overall.HitRate, baseline.Overall.ReciprocalRank,
        Pair(baseline.Overall.RecallInterval), Pair(baseline.Overall.NdcgInterval), Pair(baseline.NdcgGain), baseline.Coverage,
        baseline.Novelty, Math.Round(baseline.TrainSeconds, 2));

    private static double[] Pair(Interval interval) => [interval.Low, interval.High];
}
