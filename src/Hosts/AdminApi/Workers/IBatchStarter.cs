using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Workers;

/// <summary>Starts batch runs that go on after the answer.</summary>
internal interface IBatchStarter
{
    /// <returns>The run as it is once it has begun.</returns>
    Task<BatchRun> StartAsync(BatchRunId id, IReadOnlyCollection<UserId>? users, CancellationToken cancellationToken);

    /// <returns>A run that was started and has no record yet; null otherwise.</returns>
    Task<BatchRun?> FindStartedAsync(BatchRunId id, CancellationToken cancellationToken);
}
