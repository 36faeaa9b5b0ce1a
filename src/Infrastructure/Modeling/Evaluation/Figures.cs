using Recommendation.Modeling.Metrics;

namespace Recommendation.Modeling.Evaluation;

/// <summary>Puts the results of users together.</summary>
internal static class Figures
{
    public static QualityFigures Of(
        IReadOnlyCollection<(string Segment, RankingMetrics Metrics)> results,
        int resamples
    )
    {
        var recall = results.Select(result => result.Metrics.Recall).ToArray();
        var ndcg = results.Select(result => result.Metrics.Ndcg).ToArray();
        return new QualityFigures(
            results.Count,
            recall.Average(),
            ndcg.Average(),
            results.Average(result => result.Metrics.HitRate),
            results.Average(result => result.Metrics.ReciprocalRank),
            Bootstrap.Mean(recall, resamples),
            Bootstrap.Mean(ndcg, resamples));
    }

    public static Dictionary<string, QualityFigures> BySegment(
        IEnumerable<(string Segment, RankingMetrics Metrics)> results,
        int resamples
    ) =>
        results
            .GroupBy(result => result.Segment, StringComparer.Ordinal)
            .OrderBy(segment => segment.Key, StringComparer.Ordinal)
            .ToDictionary(segment => segment.Key, segment => Of([.. segment], resamples), StringComparer.Ordinal);

    /// <summary>How much higher the NDCG of one model is than that of another on the same users.</summary>
    public static Interval Gain(TestRun one, TestRun other, int resamples) =>
        Bootstrap.Mean(
            [.. one.Results.Zip(other.Results, (first, second) => first.Metrics.Ndcg - second.Metrics.Ndcg)],
            resamples
        );
}
