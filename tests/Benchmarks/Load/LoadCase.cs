using Recommendation.Aws.Costs;

namespace Recommendation.Benchmarks.Load;

/// <summary>A load, and the settings of the stack that it meets.</summary>
internal sealed record LoadCase
{
    public required double EventsPerSecond { get; init; }

    public required double RequestsPerSecond { get; init; }

    /// <summary>The users who come.</summary>
    public required int Users { get; init; }

    public required int Shards { get; init; }

    public required int Parallelization { get; init; }

    public required int IndexKeys { get; init; }

    /// <summary>Partitions of the table; each takes 1,000 write units a second.</summary>
    public required int TablePartitions { get; init; }

    /// <summary>Whether each event that is a user's first moves the user in the index of active users.</summary>
    public bool IsMidnight { get; init; }

    /// <summary>Events a second of one user beside the others.</summary>
    public double HotUserEvents { get; init; }

    /// <summary>Write units a second of the table; more where AWS raised the quota.</summary>
    public double TableQuota { get; init; } = LoadSize.WritesOfTable;

    /// <summary>Functions at once; more where AWS raised the quota.</summary>
    public int FunctionsQuota { get; init; } = LoadSize.FunctionsAtOnce;

    private const long MostUsers = 1_000_000_000;

    public MeasuredSizes Sizes { get; } = new();

    public double UnitsOfWrite => Math.Ceiling(Sizes.ProfileBytes / 1024d);

    /// <summary>The peak of a load with the settings that `recommend size` prints.</summary>
    public static LoadCase PeakOf(Workload load)
    {
        var (sizes, events) = (new MeasuredSizes(), load.EventsPerDay / 86_400d * load.Peak);
        return new()
        {
            EventsPerSecond = events,
            RequestsPerSecond = events / 2,
            Users = (int)Math.Min(MostUsers, load.Users ?? load.EventsPerDay),
            Shards = Math.Min(LoadSize.MostShards, LoadSize.ShardsOf(load)),
            Parallelization = new LoadSize(sizes).ParallelizationOf(load),
            IndexKeys = LoadSize.IndexKeysOf(load),
            TablePartitions = (int)Math.Ceiling(new StackSize(sizes).PeakWriteUnits(load) / 1000d),
        };
    }
}

/// <summary>What happened.</summary>
/// <param name="RecordsPerSecond">Records that the stream took.</param>
/// <param name="FunctionsAtOnce">On average.</param>
/// <param name="WriteUnitsPerSecond">Of the table.</param>
/// <param name="IndexWritesPerSecond">Of the index.</param>
/// <param name="Refused">The share of records that the stream refused.</param>
/// <param name="RefusedRequests">The share of requests that found no function.</param>
/// <param name="ThrottledByTable">The share of writes that waited for the table's quota or a partition.</param>
/// <param name="ThrottledByIndex">The share of writes to the index that waited.</param>
/// <param name="P99Seconds">From a record's arrival until it is saved; of 99 % at most.</param>
/// <param name="BehindSeconds">The age of the oldest record that waits at the end.</param>
internal sealed record LoadOutcome(
    double RecordsPerSecond,
    double FunctionsAtOnce,
    double WriteUnitsPerSecond,
    double IndexWritesPerSecond,
    double Refused,
    double RefusedRequests,
    double ThrottledByTable,
    double ThrottledByIndex,
    double P99Seconds,
    double BehindSeconds);
