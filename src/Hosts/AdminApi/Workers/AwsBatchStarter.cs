using Recommendation.AdminApi.Http;
using Recommendation.Application;
using Recommendation.Application.Ports;
using Recommendation.Aws.StepFunctions;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Workers;

/// <summary>Starts the deployed state machine.</summary>
internal sealed class AwsBatchStarter(
    BatchExecutions executions,
    IBatchRuns runs,
    RecommendationOptions options,
    TimeProvider time
) : IBatchStarter
{
    public async Task<BatchRun> StartAsync(
        BatchRunId id,
        IReadOnlyCollection<UserId>? users,
        CancellationToken cancellationToken
    )
    {
        // The execution of an attempt has a name of its own: going on after a crash or a cancellation
        // is the next attempt.
        var attempt = await runs.FindAsync(id, cancellationToken) is { } earlier ? earlier.Attempt + 1 : 1;
        await executions.StartAsync(id, attempt, cancellationToken, users);
        return BatchRun.Start(id, time.GetUtcNow(), options.ActiveWithin);
    }

    public async Task<BatchRun?> FindStartedAsync(BatchRunId id, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(id, cancellationToken) is not null)
            return null;
        return await executions.FindAsync(id, attempt: 1, cancellationToken) switch
        {
            null => null,
            { Status: "RUNNING" } => BatchRun.Start(id, time.GetUtcNow(), options.ActiveWithin),
            var ended => throw ApiProblem.Missing(
                $"Run {id} ended before it was planned ({ended.Status}): {ended.Reason ?? "see the execution."}"
            ),
        };
    }
}

/// <summary>Where no state machine is named.</summary>
internal sealed class NoBatchStarter : IBatchStarter
{
    public Task<BatchRun> StartAsync(
        BatchRunId id,
        IReadOnlyCollection<UserId>? users,
        CancellationToken cancellationToken
    ) =>
        throw ApiProblem.NotHere(
            "STATE_MACHINE_ARN is not set; give the state machine of batch runs (the stack's output), or run "
                + "`recommend batch run --platform aws`."
        );

    public Task<BatchRun?> FindStartedAsync(BatchRunId id, CancellationToken cancellationToken) =>
        Task.FromResult<BatchRun?>(null);
}
