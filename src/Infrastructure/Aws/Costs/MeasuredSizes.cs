namespace Recommendation.Aws.Costs;

/// <summary>
/// How much of a service an event or a user takes. Bytes are measured by tests over items with ids of 10 bytes; times
/// are what the benchmarks hold the code to.
/// </summary>
public sealed record MeasuredSizes
{
    /// <summary>A profile with 50 recent interactions.</summary>
    public int ProfileBytes { get; init; } = 2990;

    /// <summary>A stored list of 100 items, each with two reasons.</summary>
    public int ListBytes { get; init; } = 3100;

    /// <summary>A line of the archive, compressed with others.</summary>
    public int ArchivedEventBytes { get; init; } = 50;

    /// <summary>An invocation of the stream processor: its calls to the table one after the other.</summary>
    public double InvocationMilliseconds { get; init; } = 15;

    /// <summary>An event of a user of its own, in the stream processor.</summary>
    public double EventMilliseconds { get; init; } = 0.25;

    /// <summary>Users that one processor ranks and saves in a second.</summary>
    public int UsersRankedPerSecond { get; init; } = 2000;

    /// <summary>A request to the API that reads a stored list.</summary>
    public double RequestMilliseconds { get; init; } = 20;

    /// <summary>What an invocation writes to its log: start, end, report, and its metrics.</summary>
    public int LogBytes { get; init; } = 1500;

    /// <summary>Events of a batch of the stream processor when there are enough.</summary>
    public int EventsOfFullBatch { get; init; } = 100;

    /// <summary>An interaction in the memory of a training in one pass: 16 million took 3.05 GB.</summary>
    public int TrainedEventBytes { get; init; } = 190;

    /// <summary>Each, with what it means, for those who read the estimate.</summary>
    public IReadOnlyList<(string Name, double Value, string Unit)> Named =>
        [
            ("profile", ProfileBytes, "bytes"),
            ("stored list", ListBytes, "bytes"),
            ("archived event", ArchivedEventBytes, "bytes"),
            ("invocation of the stream processor", InvocationMilliseconds, "ms"),
            ("event in it", EventMilliseconds, "ms"),
            ("users ranked by a processor", UsersRankedPerSecond, "1/s"),
            ("request for a stored list", RequestMilliseconds, "ms"),
            ("log of an invocation", LogBytes, "bytes"),
        ];
}
