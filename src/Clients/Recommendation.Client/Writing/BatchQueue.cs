using Recommendation.Client.Spilling;

namespace Recommendation.Client.Writing;

/// <summary>
/// Batches that wait to be sent: in memory, and on the disk while the API is away. A batch in memory takes one of the
/// places until it is settled or on the disk.
/// </summary>
internal sealed class BatchQueue(int places, EventSpill? spill, Backoff backoff) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<EventBatch> _memory = [];
    private readonly SemaphoreSlim _room = new(places);
    private readonly SemaphoreSlim _available = new(spill?.Waiting ?? 0);
    private readonly CancellationTokenSource _completed = new();
    private int _turn;

    /// <summary>Adds a batch, and waits for a place if the disk does not take it.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before there was a place.</exception>
    internal async Task AddAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (TrySpill(batch))
            return;
        await _room.WaitAsync(cancellationToken);
        // The API may have gone away while this waited.
        if (TrySpill(batch))
            _room.Release();
        else
            Enqueue(batch, first: false);
    }

    /// <summary>No batch is added any more. What is on the disk already stays there.</summary>
    internal void Complete() => _completed.Cancel();

    /// <summary>The next batch, by turns from disk and memory; null when the queue is complete.</summary>
    internal async Task<EventBatch?> TakeAsync()
    {
        while (!_completed.IsCancellationRequested)
        {
            try
            {
                await _available.WaitAsync(_completed.Token);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            if (Next() is { } batch)
                return batch;
        }
        return Dequeue();
    }

    /// <summary>The batch was acknowledged or rejected.</summary>
    internal void Settle(EventBatch batch)
    {
        if (batch.Spilled is { } spilled)
            spill!.Remove(spilled);
        else
            _room.Release();
    }

    /// <summary>The batch could not be sent: it waits, with all others, on the disk if there is one.</summary>
    internal void PutBack(EventBatch batch)
    {
        if (batch.Spilled is { } spilled)
        {
            spill!.PutBack(spilled);
            _available.Release();
        }
        else if (TrySpill(batch))
            _room.Release();
        else
            Enqueue(batch, first: true);
        SpillMemory();
    }

    /// <summary>Moves what is in memory to the disk.</summary>
    /// <returns>The batches that the disk does not take.</returns>
    internal IReadOnlyList<EventBatch> Abandon()
    {
        var lost = new List<EventBatch>();
        while (Dequeue() is { } batch)
        {
            if (spill?.TryAppend(batch) != true)
                lost.Add(batch);
        }
        return lost;
    }

    public void Dispose()
    {
        _room.Dispose();
        _available.Dispose();
        _completed.Dispose();
    }

    private void SpillMemory()
    {
        while (backoff.IsAway && spill is not null && Dequeue() is { } batch)
        {
            if (!TrySpill(batch))
            {
                Enqueue(batch, first: true);
                return;
            }
            _room.Release();
        }
    }

    private bool TrySpill(EventBatch batch)
    {
        if (spill is null || !backoff.IsAway || !spill.TryAppend(batch))
            return false;
        _available.Release();
        return true;
    }

    private EventBatch? Next() => (Interlocked.Increment(ref _turn) & 1) == 0
        ? Dequeue() ?? spill?.TryTake()
        : spill?.TryTake() ?? Dequeue();

    private void Enqueue(EventBatch batch, bool first)
    {
        lock (_gate)
        {
            if (first)
                _memory.AddFirst(batch);
            else
                _memory.AddLast(batch);
        }
        _available.Release();
    }

    private EventBatch? Dequeue()
    {
        lock (_gate)
        {
            var batch = _memory.First?.Value;
            if (batch is not null)
                _memory.RemoveFirst();
            return batch;
        }
    }
}
