using System.Security.Cryptography;

namespace Recommendation.Client.Writing;

/// <summary>
/// How long to wait after attempts that failed: 100 ms, doubled with each to 30 s, less up to half by chance, and
/// at least what the API asks for. It is shared by all that send.
/// </summary>
internal sealed class Backoff(TimeProvider time)
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestAsked = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private int _failures;
    private DateTimeOffset _until;

    /// <summary>Why the last attempt failed; null if it did not.</summary>
    internal string? Problem { get; private set; }

    internal bool IsAway => Problem is not null;

    /// <returns>Whether this is the first failure after a success.</returns>
    internal bool Failed(string problem, TimeSpan? retryAfter)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var isFirst = Problem is null;
            Problem = problem;
            // Attempts that were under way together fail together; they count as one.
            if (now >= _until)
                _until = now + Delay(_failures++);
            if (retryAfter is { } asked)
                _until = Max(_until, now + (asked < s_longestAsked ? asked : s_longestAsked));
            return isFirst;
        }
    }

    /// <returns>Whether this is the first success after a failure.</returns>
    internal bool Succeeded()
    {
        if (Problem is null)
            return false;
        lock (_gate)
        {
            var isFirst = Problem is not null;
            (Problem, _failures, _until) = (null, 0, default);
            return isFirst;
        }
    }

    /// <summary>Lets the next attempt begin at once.</summary>
    internal void Restart()
    {
        lock (_gate)
            (_failures, _until) = (0, default);
    }

    /// <summary>Waits until it is time for the next attempt.</summary>
    internal async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (Remaining() is { Ticks: > 0 } remaining)
            await Task.Delay(remaining, time, cancellationToken);
    }

    private TimeSpan Remaining()
    {
        lock (_gate)
            return _until - time.GetUtcNow();
    }

    private static TimeSpan Delay(int failures)
    {
        var delay = s_first * Math.Pow(2, Math.Min(failures, 20));
        var chance = RandomNumberGenerator.GetInt32(0, 500) / 1_000.0;
        return (delay < s_longest ? delay : s_longest) * (1 - chance);
    }

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
