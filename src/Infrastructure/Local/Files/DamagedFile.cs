using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;

namespace Recommendation.Local.Files;

/// <summary>One damaged document must not hide the others of its list: it is left out and named in the log.</summary>
internal static partial class DamagedFile
{
    /// <returns>What was read; null if it is missing or damaged.</returns>
    internal static async Task<T?> SkipAsync<T>(Func<Task<T?>> read, ILogger? logger)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (StoredFormatException problem)
        {
            if (logger is not null)
                LogSkipped(logger, problem.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The list leaves out a document that can't be read: {problem}")]
    private static partial void LogSkipped(ILogger logger, string problem);
}
