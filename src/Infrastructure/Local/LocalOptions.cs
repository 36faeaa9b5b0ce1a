using Recommendation.Application.Ports;

namespace Recommendation.Local;

/// <summary>Where one machine keeps its data, and how.</summary>
public sealed class LocalOptions
{
    /// <summary>
    /// The folder of the database, models and batch results; made if it is missing. <c>./data</c> by default.
    /// </summary>
    public string Folder { get; set; } = "./data";

    /// <summary>How long to wait for another process that holds the database; 0–60 s, 5 s by default.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How much memory the writer may use to keep pages of the database; 1–65,536 MB, 128 by default.
    /// </summary>
    public int CacheMegabytes { get; set; } = 128;

    /// <exception cref="RefusedException">A value can't be used; the message says which and why.</exception>
    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(Folder) || Folder.Contains('\0', StringComparison.Ordinal))
            throw new RefusedException("The data folder has no name: set Folder to a path such as './data'.");
        if (BusyTimeout < TimeSpan.Zero || BusyTimeout > TimeSpan.FromSeconds(60))
            throw new RefusedException($"BusyTimeout is {BusyTimeout}; it must be 0–60 seconds.");
        if (CacheMegabytes is < 1 or > 65_536)
            throw new RefusedException($"CacheMegabytes is {CacheMegabytes}; it must be 1–65,536.");
    }
}
