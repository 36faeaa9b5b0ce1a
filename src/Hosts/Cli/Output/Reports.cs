namespace Recommendation.Cli.Output;

/// <summary>
/// Progress that is told at once, on the thread that reports it (<see cref="Progress{T}"/> may be late
/// or out of order).
/// </summary>
internal sealed class Reports<T>(Action<T> action) : IProgress<T>
{
    public void Report(T value) => action(value);
}
