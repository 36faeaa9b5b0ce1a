namespace Recommendation.Aws;

/// <summary>
/// Waits before a resend: anything up to a limit that doubles with each attempt, so that clients do not
/// come back in step.
/// </summary>
/// <param name="time">The clock that the waits run on.</param>
/// <param name="random">Where the jitter comes from.</param>
/// <param name="first">The longest first wait.</param>
internal sealed class Backoff(TimeProvider time, Random random, TimeSpan first)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();

    /// <summary>The clock that the waits run on.</summary>
    internal TimeProvider Time => time;

    /// <param name="attempt">How many attempts went before; 0 before the first resend.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal Task WaitAsync(int attempt, CancellationToken cancellationToken) =>
        Task.Delay(Next(attempt), time, cancellationToken);

    private TimeSpan Next(int attempt)
    {
        var limit = Math.Min(first.TotalMilliseconds * Math.Pow(2, attempt), s_longest.TotalMilliseconds);
        lock (_lock)
            return TimeSpan.FromMilliseconds(limit * random.NextDouble());
    }
}
