using Recommendation.Domain.Profiles;

namespace Recommendation.Aws.Costs;

/// <summary>
/// What a load needs of each limited part of the stack, and which part reaches its limit first. The formulas and their
/// sources are in docs/sizing.md.
/// </summary>
public sealed class LoadSize(MeasuredSizes sizes)
{
    /// <summary>Records a second that a shard takes.</summary>
    public const int RecordsOfShard = 1_000;

    /// <summary>The most shards that the stack's setting takes.</summary>
    public const int MostShards = 500;

    /// <summary>Write units a second of one partition of a table or of an index.</summary>
    public const int WritesOfPartition = 1_000;

    /// <summary>The most parts that the stack's setting splits a key of the index into.</summary>
    public const int MostSplits = 16;

    /// <summary>Write units a second of a table, until AWS raises the account's quota.</summary>
    public const int WritesOfTable = 40_000;

    /// <summary>Functions that run at once in an account, until AWS raises the quota.</summary>
    public const int FunctionsAtOnce = 1_000;

    /// <summary>Children of a distributed map that run at once.</summary>
    public const int MostChildren = 10_000;

    /// <summary>The memory of the largest function.</summary>
    public const long MostFunctionBytes = 10_240L << 20;

    /// <summary>Users in a segment of the nightly run.</summary>
    public const int UsersOfSegment = 2_000;

    /// <summary>The share of a function's memory that a training may use: the rest is the runtime.</summary>
    private const double UsableMemory = 0.9;

    private const double RunSeconds = 2 * 3600;
    private const int Processors = 2;
    private const int Kilobyte = 1024;

    /// <summary>What the load needs, in the order of an event's way.</summary>
    public IReadOnlyList<SizedPart> PartsOf(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        var peak = workload.EventsPerSecond * workload.Peak;
        var unitsOfWrite = Math.Ceiling(sizes.ProfileBytes / (double)Kilobyte);
        return
        [
            new("stream", "records a second at the peak", peak, MostShards * RecordsOfShard,
                "records are refused", $"ask for more than {MostShards} shards"),
            new("functions", "functions at once at the peak",
                (peak * EventSeconds) + (workload.RequestsPerSecond * workload.Peak * sizes.RequestMilliseconds / 1000),
                FunctionsAtOnce, "the stream falls behind, and requests are refused",
                "have the quota for concurrent executions raised"),
            new("table", "write units a second at the peak", peak * unitsOfWrite, WritesOfTable,
                "writes are throttled, and the stream falls behind", "have the quota for the table raised"),
            new("index", "writes a second just after midnight", peak,
                (double)ActiveBucket.Count * MostSplits * WritesOfPartition,
                "writes to the index are throttled", "no setting: the index has the most keys that it can have"),
            new("batch", "segments at once, to end within two hours",
                workload.MonthlyUsers / (sizes.UsersRankedPerSecond * Processors * RunSeconds), MostChildren,
                "the nightly run takes longer", "rank in endpoints, or fewer users"),
            new("training", "bytes for the interactions of a month, in memory",
                workload.EventsPerMonth * sizes.TrainedEventBytes, MostFunctionBytes * UsableMemory,
                "training uses a sample of the users",
                "train on another machine with --out-of-core"),
        ];
    }

    /// <summary>Events a second of one user; more than that throttle, whatever the load.</summary>
    public int EventsOfOneUser => (int)(WritesOfPartition / Math.Ceiling(sizes.ProfileBytes / (double)Kilobyte));

    /// <summary>Files of users that the nightly run makes.</summary>
    public static long SegmentsOf(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        return (long)Math.Ceiling(workload.MonthlyUsers / UsersOfSegment);
    }

    /// <summary>Keys of the index with a fifth to spare, and all of a night's moves at the peak.</summary>
    public static int IndexKeysOf(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        var splits = Math.Ceiling(
            workload.EventsPerSecond * workload.Peak / ActiveBucket.Count / (0.8 * WritesOfPartition));
        return ActiveBucket.Count * (int)Math.Clamp(splits, 1, MostSplits);
    }

    /// <summary>Shards with a fifth to spare.</summary>
    public static int ShardsOf(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        return workload.Shards;
    }

    /// <summary>Batches of one shard at once, so that the functions keep up with the peak.</summary>
    public int ParallelizationOf(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        var atOnce = workload.EventsPerSecond * workload.Peak * EventSeconds;
        return (int)Math.Clamp(Math.Ceiling(atOnce / ShardsOf(workload)), 1, 10);
    }

    private double EventSeconds =>
        (sizes.EventMilliseconds + (sizes.InvocationMilliseconds / sizes.EventsOfFullBatch)) / 1000;
}

/// <summary>What a load needs of one part of the stack.</summary>
/// <param name="Name">The part.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Needed">What the load needs.</param>
/// <param name="Limit">What there can be.</param>
/// <param name="Beyond">What happens beyond the limit.</param>
/// <param name="Remedy">What to do then.</param>
public sealed record SizedPart(
    string Name, string Unit, double Needed, double Limit, string Beyond, string Remedy)
{
    /// <summary>The share of the limit that is needed.</summary>
    public double Share => Needed / Limit;

    /// <summary>How many times the load may grow until the limit; less than 1 if it is beyond it.</summary>
    public double Growth => Needed > 0 ? Limit / Needed : double.PositiveInfinity;
}
