using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Ports;

/// <summary>
/// The frozen users of a run in segments, the segments' results, and the results documents made of them.
/// </summary>
public interface IBatchSegments
{
    /// <summary>
    /// Freezes a segment's users, replacing what was frozen under that number. With the first segment of a plan, the
    /// segments of earlier plans may be removed; those of later plans stay.
    /// </summary>
    Task SnapshotAsync(BatchRunId run, int segment, IReadOnlyList<UserId> users, CancellationToken cancellationToken);

    /// <returns>The users frozen under that number.</returns>
    /// <exception cref="StoreUnavailableException">There is no such segment.</exception>
    Task<IReadOnlyList<UserId>> UsersAsync(BatchRunId run, int segment, CancellationToken cancellationToken);

    /// <summary>Stores a segment's result if it has none.</summary>
    /// <returns>The result in force: the one given, or the one that was there.</returns>
    Task<SegmentResult> RecordAsync(BatchRunId run, SegmentResult result, CancellationToken cancellationToken);

    /// <summary>The results so far, by segment number.</summary>
    Task<IReadOnlyList<SegmentResult>> ResultsAsync(BatchRunId run, CancellationToken cancellationToken);

    /// <summary>
    /// Writes <c>batch-results/{date}/{runId}/results.json</c>, and <c>batch-results/{date}/results.json</c> unless
    /// that names a run that started later.
    /// </summary>
    Task PublishAsync(BatchRun run, CancellationToken cancellationToken);
}
