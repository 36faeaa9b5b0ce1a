using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Models;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Domain;

namespace Recommendation.AdminApi.Workers;

/// <summary>
/// Trains models in this process, one at a time; what it tells of them is gone with the process, the models are not.
/// </summary>
internal sealed class Trainings(
    IServiceScopeFactory scopes,
    AdminApiOptions options,
    TimeProvider time,
    ServerPaths paths,
    ILogger<Trainings> logger
) : IHostedService, IDisposable
{
    private const int Kept = 50;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TrainingDocument> _trainings = [];
    private Task _running = Task.CompletedTask;
    private CancellationTokenSource? _cancel;

    /// <exception cref="ApiProblem">One is going, or this process is none that trains.</exception>
    internal TrainingDocument Start(TrainBody how)
    {
        if (options.IsBehindAuthorizer)
            throw ApiProblem.NotHere(
                "A function has no time to train; the deployed training does, and so does "
                    + "`recommend train --platform aws`."
            );
        lock (_gate)
        {
            if (!_running.IsCompleted)
                throw ApiProblem.Refused($"Training {_trainings[^1].Id} is going; wait for it.");
            var training = new TrainingDocument(
                $"training-{time.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmssfff}",
                "training",
                Timestamps.Format(time.GetUtcNow()),
                null,
                "starting",
                0,
                null,
                null
            );
            _trainings.Add(training);
            if (_trainings.Count > Kept)
                _trainings.RemoveAt(0);
            _cancel?.Dispose();
            var cancel = _cancel = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            _running = Task.Run(() => RunAsync(training.Id, how, cancel.Token), CancellationToken.None);
            return training;
        }
    }

    internal TrainingDocument? Find(string id)
    {
        lock (_gate)
            return _trainings.Find(training => string.Equals(training.Id, id, StringComparison.Ordinal));
    }

    /// <summary>Newest first.</summary>
    internal IReadOnlyList<TrainingDocument> List()
    {
        lock (_gate)
            return [.. Enumerable.Reverse(_trainings)];
    }

    /// <summary>Asks a training to stop; it does so after what it is computing.</summary>
    /// <exception cref="ApiProblem">It is not going any more, or never was.</exception>
    internal async Task<TrainingDocument> CancelAsync(string id, CancellationToken cancellationToken)
    {
        Task running;
        CancellationTokenSource? cancel;
        lock (_gate)
        {
            var training = Find(id) ?? throw Unknown(id);
            if (training.State is not "training")
                throw ApiProblem.Refused($"Training {id} is {training.State}, and can't be cancelled.");
            (running, cancel) = (_running, _cancel);
        }
        await cancel!.CancelAsync();
        await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Find(id) ?? throw Unknown(id);
    }

    internal static ApiProblem Unknown(string id) =>
        ApiProblem.Missing($"There is no training '{id}': it never was, or the server was started since.");

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _cancel?.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(string id, TrainBody how, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var trained = await scope.ServiceProvider.GetRequiredService<IMediator>()
                .Send(new TrainModel(how.Fast, how.Force, new Progress(this, id)), cancellationToken);
            Change(id, training => training with
            {
                State = trained.IsCurrent ? "promoted" : "turned-away",
                Fraction = 1,
                Model = ModelDocument.From(trained),
            });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Change(id, training => training with { State = "cancelled" });
        }
        catch (Exception failure)
        {
            var isExpected = failure is RefusedException or UnavailableException or OperationCanceledException;
            if (!isExpected)
                logger.LogError(failure, "Training {TrainingId} failed", id);
            Change(
                id,
                training =>
                    training with
                    {
                        State = "failed",
                        Problem = isExpected
                            ? paths.Hide(failure.Message)
                            : "This is a defect; the server's log says more.",
                    }
            );
        }
    }

    private void Change(string id, Func<TrainingDocument, TrainingDocument> change)
    {
        lock (_gate)
        {
            var index = _trainings.FindIndex(training => string.Equals(training.Id, id, StringComparison.Ordinal));
            var changed = change(_trainings[index]);
            _trainings[index] = changed.State is "training"
                ? changed
                : changed with
                {
                    FinishedAt = Timestamps.Format(time.GetUtcNow()),
                };
        }
    }

    private sealed class Progress(Trainings trainings, string id) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) =>
            trainings.Change(
                id,
                training => training with { Stage = value.Stage, Fraction = Math.Round(value.Fraction, 3) }
            );
    }
}
