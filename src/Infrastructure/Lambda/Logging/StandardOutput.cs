namespace Recommendation.Lambda.Logging;

/// <summary>
/// Where a function's log lines go: each whole, however many threads write, and at once, since the process may be
/// frozen after the answer.
/// </summary>
internal sealed class StandardOutput(Stream stream)
{
    private readonly Lock _lock = new();

    internal static StandardOutput Shared { get; } = new(Console.OpenStandardOutput());

    /// <param name="line">The line with its end.</param>
    internal void Write(ReadOnlySpan<byte> line)
    {
        lock (_lock)
        {
            stream.Write(line);
            stream.Flush();
        }
    }
}
