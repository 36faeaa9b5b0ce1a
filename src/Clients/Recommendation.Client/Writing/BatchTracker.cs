namespace Recommendation.Client.Writing;

/// <summary>Knows which batches are not settled, for those who wait for them.</summary>
internal sealed class BatchTracker
{
    private readonly Lock _gate = new();
    private readonly SortedSet<long> _open = [];
    private readonly List<(long Last, TaskCompletionSource Done)> _waiting = [];
    private long _last;

    internal void Opened(long number)
    {
        lock (_gate)
        {
            _open.Add(number);
            _last = number;
        }
    }

    internal void Settled(long number)
    {
        lock (_gate)
        {
            if (_open.Remove(number))
                Complete();
        }
    }

    /// <summary>Completes the source when every batch that was opened so far is settled.</summary>
    internal void CompleteWhenSettled(TaskCompletionSource done)
    {
        lock (_gate)
        {
            _waiting.Add((_last, done));
            Complete();
        }
    }

    private void Complete()
    {
        var oldest = _open.Count == 0 ? long.MaxValue : _open.Min;
        for (var n = _waiting.Count - 1; n >= 0; n--)
        {
            if (_waiting[n].Last >= oldest)
                continue;
            _waiting[n].Done.TrySetResult();
            _waiting.RemoveAt(n);
        }
    }
}
