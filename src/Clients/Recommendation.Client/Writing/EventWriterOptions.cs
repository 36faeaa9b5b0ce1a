using System.ComponentModel.DataAnnotations;

namespace Recommendation.Client;

/// <summary>How <see cref="IEventWriter"/> works.</summary>
public sealed class EventWriterOptions
{
    /// <summary>How many events may wait in memory to be put into a batch; default 50,000.</summary>
    [Range(1, 10_000_000)]
    public int Capacity { get; set; } = 50_000;

    /// <summary>How many events a batch has at most; default 500, which is the most that the API takes.</summary>
    [Range(1, 500)]
    public int BatchSize { get; set; } = 500;

    /// <summary>How many batches are sent at once; default 4.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 4;

    /// <summary>How many batches may wait in memory to be sent; default 32.</summary>
    [Range(1, 100_000)]
    public int MaximumBatches { get; set; } = 32;

    /// <summary>How long an event waits for others before its batch is sent; default 200 ms.</summary>
    public TimeSpan MaximumDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The folder where batches wait while the API is away, and across restarts of the program. Several processes may
    /// share it. Null, the default, keeps them in memory only: what is not sent when the program ends is lost. The
    /// files hold user ids.
    /// </summary>
    public string? SpillFolder { get; set; }

    /// <summary>How many bytes this process may leave in the folder; default 256 MiB.</summary>
    [Range(1_048_576, long.MaxValue)]
    public long SpillLimitBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>
    /// How long the writer goes on sending when it is stopped; default 10 s. What is left then stays in the spill
    /// folder, or is lost and reported.
    /// </summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Called for each event that the API rejects, by several threads at once.</summary>
    public Action<RejectedEvent>? OnRejected { get; set; }
}
