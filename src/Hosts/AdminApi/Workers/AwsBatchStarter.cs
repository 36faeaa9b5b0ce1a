using Recommendation.AdminApi.Http;
using Recommendation.Application;
using Recommendation.Aws.StepFunctions;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Workers;

/// <summary>Starts the deployed state machine.</summary>
internal sealed class AwsBatchStarter(BatchExecutions executions, RecommendationOptions options, TimeProvider time) : IBatchStarter
{
    public async Task<BatchRun> StartAsync(BatchRunId id, IReadOnlyCollection<UserId>? users, CancellationToken cancellationToken)
    {
        await executions.StartAsync(id, attempt: 1, cancellationToken, users);
        return BatchRun.Start(id, time.GetUtcNow(), options.ActiveWithin);
    }
}

/// <summary>Where no state machine is named.</summary>
internal sealed class NoBatchStarter : IBatchStarter
{
    public Task<BatchRun> StartAsync(BatchRunId id, IReadOnlyCollection<UserId>? users, CancellationToken cancellationToken) =>
        throw ApiProblem.NotHere("STATE_MACHINE_ARN is not set; give the state machine of batch runs (the stack's output), or run `recommend batch run --platform aws`.");
}
