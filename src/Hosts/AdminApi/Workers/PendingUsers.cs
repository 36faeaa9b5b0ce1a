using System.Collections.Concurrent;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Workers;

/// <summary>The users whose events are in the log but not in their profiles yet, and who waits for them.</summary>
internal sealed class PendingUsers
{
    private readonly ConcurrentDictionary<UserId, long> _appended = new();
    private volatile TaskCompletionSource _next = New();
    private volatile TaskCompletionSource _wanted = New();
    private long _generation;
    private long _applied;

    internal int Count => _appended.Count;

    /// <summary>What is appended from here on is not covered by an applied that began before.</summary>
    internal long Generation => Volatile.Read(ref _generation);

    /// <summary>Ends when somebody waits for a user whose events the pass that began last may not cover.</summary>
    internal Task Wanted => _wanted.Task;

    /// <summary>A pass begins.</summary>
    /// <returns>The generation that it covers.</returns>
    internal long Begin()
    {
        _wanted = New();
        return Generation;
    }

    internal void Add(IEnumerable<UserId> users)
    {
        var generation = Interlocked.Increment(ref _generation);
        foreach (var user in users)
            _appended[user] = generation;
    }

    /// <summary>Everything appended up to the generation is applied.</summary>
    internal void Applied(long generation)
    {
        Volatile.Write(ref _applied, generation);
        foreach (var pending in _appended)
        {
            if (pending.Value <= generation)
                _appended.TryRemove(pending);
        }
        Interlocked.Exchange(ref _next, New()).TrySetResult();
    }

    /// <summary>Waits until the user is not pending, or the limit is over.</summary>
    internal async ValueTask WaitAsync(
        UserId user,
        TimeSpan limit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (_appended.IsEmpty || !_appended.TryGetValue(user, out var generation))
            return;
        var deadline = time.GetTimestamp();
        while (true)
        {
            var next = _next.Task;
            var left = limit - time.GetElapsedTime(deadline);
            if (Volatile.Read(ref _applied) >= generation || left <= TimeSpan.Zero)
                return;
            _wanted.TrySetResult();
            try
            {
                await next.WaitAsync(left, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return; // The stored profile is shown: late is better than not at all.
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
