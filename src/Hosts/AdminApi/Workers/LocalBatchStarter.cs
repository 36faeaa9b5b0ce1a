using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Batches;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Workers;

/// <summary>
/// Runs batches in this process; stopping the host stops them after the users being ranked, and they can be resumed.
/// </summary>
internal sealed class LocalBatchStarter(IServiceScopeFactory scopes, ILogger<LocalBatchStarter> logger)
    : IBatchStarter,
        IHostedService,
        IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];

    public async Task<BatchRun> StartAsync(
        BatchRunId id,
        IReadOnlyCollection<UserId>? users,
        CancellationToken cancellationToken
    )
    {
        var begun = new TaskCompletionSource<BatchRun>(TaskCreationOptions.RunContinuationsAsynchronously);
        Track(
            Task.Run(
                () => RunAsync(new RunBatch(id, Users: users, Begun: new Notice(begun)), begun),
                CancellationToken.None
            )
        );
        return await begun.Task.WaitAsync(cancellationToken);
    }

    public Task<BatchRun?> FindStartedAsync(BatchRunId id, CancellationToken cancellationToken) =>
        Task.FromResult<BatchRun?>(null);

    /// <summary>Runs to the end, for the schedule: a run that finds another one going is recorded as skipped.</summary>
    internal async Task<BatchRun> RunAsync(BatchRunId id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<IMediator>()
            .Send(new RunBatch(id, SkipIfBusy: true), cancellationToken);
    }

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        Task[] running;
        lock (_gate)
            running = [.. _running];
        await Task.WhenAll(running).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(RunBatch request, TaskCompletionSource<BatchRun> begun)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var run = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, _stop.Token);
            begun.TrySetResult(run);
        }
        catch (Exception failure)
        {
            if (!begun.TrySetException(failure) && failure is not OperationCanceledException)
                logger.LogError(
                    failure is UnavailableException or RefusedException ? null : failure,
                    "Run {RunId} stopped: {Problem}",
                    request.Id,
                    failure.Message
                );
        }
    }

    private void Track(Task task)
    {
        lock (_gate)
        {
            _running.RemoveWhere(running => running.IsCompleted);
            _running.Add(task);
        }
    }

    private sealed class Notice(TaskCompletionSource<BatchRun> begun) : IProgress<BatchRun>
    {
        public void Report(BatchRun value) => begun.TrySetResult(value);
    }
}
