using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recommendation.Client.Spilling;

namespace Recommendation.Client.Writing;

/// <summary>
/// Events → channel → one loop that makes batches → queue → several loops that send them. A batch that can't be
/// sent goes back into the queue.
/// </summary>
internal sealed class EventWriter : IEventWriter, IAsyncDisposable
{
    internal const string HttpClientName = "Recommendation.Events";

    private readonly EventWriterOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<PendingEvent> _events;
    private readonly Backoff _backoff;
    private readonly EventSpill? _spill;
    private readonly BatchQueue _queue;
    private readonly BatchTracker _tracker = new();
    private readonly EventOutcomes _outcomes;
    private readonly DroppedEvents _dropped;
    private readonly BatchDelivery _delivery;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Lock _gate = new();
    private readonly Task _batches;
    private readonly Task[] _senders;
    private readonly long _resumed;
    private long _written;
    private Task? _stopped;

    public EventWriter(
        IHttpClientFactory clients, IOptions<RecommendationClientOptions> options, TimeProvider time,
        ILogger<EventWriter> logger)
    {
        (_options, _time, _logger) = (options.Value.Events, time, logger);
        _events = Channel.CreateBounded<PendingEvent>(
            new BoundedChannelOptions(_options.Capacity) { SingleReader = true });
        _backoff = new Backoff(time);
        _spill = _options.SpillFolder is null ? null : EventSpill.Open(_options, logger, time);
        _resumed = _spill?.Events ?? 0;
        _queue = new BatchQueue(_options.MaximumBatches, _spill, _backoff);
        _outcomes = new EventOutcomes(_options.OnRejected, logger);
        _dropped = new DroppedEvents(_backoff, time, logger);
        _delivery = new BatchDelivery(clients.CreateClient(HttpClientName), _outcomes, logger);
        _batches = Task.Run(BatchAsync);
        _senders = [.. Enumerable.Range(0, _options.Concurrency).Select(_ => Task.Run(SendAsync))];
    }

    public EventWriterStatus Status => new(
        Interlocked.Read(ref _written), _resumed, _outcomes.DeliveredEvents, _outcomes.DuplicateEvents,
        _outcomes.RejectedEvents, _dropped.Count, _spill?.Events ?? 0, _backoff.IsAway,
        _backoff.Problem);

    public bool Write(RecommendationEvent one)
    {
        ArgumentNullException.ThrowIfNull(one);
        one.Require(nameof(one));
        if (!_events.Writer.TryWrite(new PendingEvent(one, _time.GetUtcNow())))
        {
            _dropped.NoRoom();
            return false;
        }
        Written();
        return true;
    }

    public async ValueTask WriteAsync(RecommendationEvent one, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(one);
        one.Require(nameof(one));
        var pending = new PendingEvent(one, _time.GetUtcNow());
        if (!_events.Writer.TryWrite(pending))
            await PutAsync(pending, cancellationToken);
        Written();
    }

    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await PutAsync(new PendingEvent(done), cancellationToken);
        await done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Sends what was taken, for as long as the options allow.</summary>
    internal Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _stopped ??= EndAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private async Task PutAsync(PendingEvent pending, CancellationToken cancellationToken)
    {
        try
        {
            await _events.Writer.WriteAsync(pending, cancellationToken);
        }
        catch (ChannelClosedException closed)
        {
            throw new InvalidOperationException("The event writer has stopped; write before the program ends.", closed);
        }
    }

    private void Written()
    {
        Interlocked.Increment(ref _written);
        ClientTelemetry.Written.Add(1);
    }

    private async Task BatchAsync()
    {
        using var builder = new BatchBuilder(_options.BatchSize);
        var reader = _events.Reader;
        var more = reader.WaitToReadAsync().AsTask();
        while (await more)
        {
            var due = _time.GetTimestamp();
            while (true)
            {
                while (reader.TryRead(out var pending))
                    await TakeAsync(builder, pending);
                more = reader.WaitToReadAsync().AsTask();
                var left = _options.MaximumDelay - _time.GetElapsedTime(due);
                if (builder.Count == 0)
                    break;
                if (left <= TimeSpan.Zero || !await IsMoreAsync(more, left))
                {
                    await CloseAsync(builder);
                    break;
                }
            }
        }
    }

    /// <summary>Whether events come within the time.</summary>
    private async Task<bool> IsMoreAsync(Task<bool> more, TimeSpan within)
    {
        if (!more.IsCompleted)
            await Task.WhenAny(more, Task.Delay(within, _time));
        return more.IsCompleted && await more;
    }

    private async Task TakeAsync(BatchBuilder builder, PendingEvent pending)
    {
        if (pending.Flush is { } flush)
        {
            if (builder.Count > 0)
                await CloseAsync(builder);
            _tracker.CompleteWhenSettled(flush);
            return;
        }
        builder.Add(pending.Event!, pending.At);
        if (builder.IsFull)
            await CloseAsync(builder);
    }

    private async Task CloseAsync(BatchBuilder builder)
    {
        var batch = builder.Build();
        _tracker.Opened(batch.Number);
        try
        {
            await _queue.AddAsync(batch, _abort.Token);
        }
        catch (OperationCanceledException)
        {
            if (_spill?.TryAppend(batch) != true)
                _dropped.Lost([batch]);
        }
    }

    private async Task SendAsync()
    {
        while (true)
        {
            // Before a batch is taken: meanwhile those in memory can go to the disk.
            await PausedAsync(_stopping.Token);
            if (await _queue.TakeAsync() is not { } batch)
                return;
            await PausedAsync(_abort.Token);
            var attempt = await _delivery.AttemptAsync(batch, _abort.Token);
            if (attempt.IsSettled)
                Settled(batch);
            else
                Failed(batch, attempt);
            if (_abort.IsCancellationRequested)
                return;
        }
    }

    private async Task PausedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _backoff.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The caller goes on at once.
        }
    }

    private void Settled(EventBatch batch)
    {
        _queue.Settle(batch);
        _tracker.Settled(batch.Number);
        if (_backoff.Succeeded())
            _logger.LogInformation("The API takes events again");
    }

    private void Failed(EventBatch batch, Attempt attempt)
    {
        ClientTelemetry.Retries.Add(1);
        if (_backoff.Failed(attempt.Problem!, attempt.RetryAfter))
            _logger.LogWarning(
                "Events can't be sent and wait {Where}: {Problem}",
                _spill is null ? "in memory" : "on the disk",
                attempt.Problem);
        _queue.PutBack(batch);
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        _events.Writer.TryComplete();
        _backoff.Restart();
        await _stopping.CancelAsync();
        await using var cancelled = cancellationToken.Register(_abort.Cancel);
        using var timer = _time.CreateTimer(_ => _abort.Cancel(), null, _options.StopTimeout, Timeout.InfiniteTimeSpan);
        await _batches;
        _queue.Complete();
        await Task.WhenAll(_senders);
        _dropped.Lost(_queue.Abandon());
        if (_spill is { Events: > 0 and var waiting })
            _logger.LogInformation("{Count} events wait on the disk for the next process", waiting);
        _queue.Dispose();
        _spill?.Dispose();
    }
}
