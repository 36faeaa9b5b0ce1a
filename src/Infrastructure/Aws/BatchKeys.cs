using Recommendation.Domain.Batches;

namespace Recommendation.Aws;

/// <summary>Keys of the bucket that others than the adapters know.</summary>
public static class BatchKeys
{
    /// <summary>A planned run's segments as a JSON array of <c>{"runId","segment"}</c>, over which a state machine can map.</summary>
    public static string SegmentsOf(BatchRunId run) => $"batch-runs/{run}/segments.json";
}
