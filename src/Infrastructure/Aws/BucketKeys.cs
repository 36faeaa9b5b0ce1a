using Recommendation.Domain.Batches;
using Recommendation.Domain.Models;

namespace Recommendation.Aws;

/// <summary>Keys of the bucket that others than the adapters know.</summary>
public static class BucketKeys
{
    /// <summary>
    /// A planned run's segments as a JSON array of <c>{"runId","segment"}</c>, over which a state machine can map.
    /// </summary>
    public static string SegmentsOf(BatchRunId run) => $"batch-runs/{run}/segments.json";

    /// <summary>A model's artefact, <c>model.tar.gz</c>.</summary>
    public static string ArtefactOf(ModelVersion version) => $"models/{version}/model.tar.gz";
}
