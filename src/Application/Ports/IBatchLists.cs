using Recommendation.Domain.Batches;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Ports;

/// <summary>
/// The lists of a run as files for other programs: <c>batch-results/{date}/{runId}/lists/</c>, one
/// file for each segment.
/// </summary>
public interface IBatchLists
{
    /// <summary>Writes a segment's lists, replacing those that it had.</summary>
    Task SaveAsync(
        BatchRun run,
        int segment,
        IReadOnlyList<RecommendationList> lists,
        CancellationToken cancellationToken
    );

    /// <summary>Removes the files of a run that is planned anew.</summary>
    Task RemoveAsync(BatchRun run, CancellationToken cancellationToken);
}
