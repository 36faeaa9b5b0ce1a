namespace Recommendation.Aws.Costs;

/// <summary>What a stack has to do.</summary>
/// <param name="Name">For the estimate.</param>
/// <param name="EventsPerDay">0 for an idle stack.</param>
public sealed record Workload(string Name, long EventsPerDay)
{
    internal const int Days = 30;
    internal const int Seconds = 86_400;

    /// <summary>Kept with point-in-time recovery and under a key of its own.</summary>
    public bool IsProtected { get; init; }

    /// <summary>Pays the table by request, as development does.</summary>
    public bool IsOnDemand { get; init; }

    /// <summary>Events that a user makes on a day on which they come.</summary>
    public int EventsPerUser { get; init; } = 10;

    /// <summary>Users of a month, for each user of a day; each of them is ranked every night.</summary>
    public int MonthlyUsersPerDailyUser { get; init; } = 5;

    /// <summary>The users of a month; null where they follow from the events.</summary>
    public long? Users { get; init; }

    /// <summary>How much more there is at the day's peak than on average.</summary>
    public int Peak { get; init; } = 3;

    /// <summary>Endpoint instances; 0 where the batch processor ranks itself.</summary>
    public int EndpointInstances { get; init; }

    /// <summary>How many months the archive has grown.</summary>
    public int ArchiveMonths { get; init; } = 12;

    /// <summary>
    /// The stacks of the documentation: an idle one for development, and 1, 10 and 100 million events
    /// a day in production.
    /// </summary>
    public static IReadOnlyList<Workload> Documented { get; } =
    [
        new("idle, dev", 0) { IsOnDemand = true },
        new("1 million a day", 1_000_000) { IsProtected = true },
        new("10 million a day", 10_000_000) { IsProtected = true },
        new("100 million a day", 100_000_000) { IsProtected = true },
    ];

    internal double EventsPerSecond => EventsPerDay / (double)Seconds;

    internal double EventsPerMonth => EventsPerDay * (double)Days;

    internal double DailyUsers => Math.Min(EventsPerDay / (double)EventsPerUser, Users ?? double.MaxValue);

    internal double MonthlyUsers => Users ?? (DailyUsers * MonthlyUsersPerDailyUser);

    /// <summary>Lists asked for: one for each user and day, and one more after each second event.</summary>
    internal double RequestsPerMonth => EventsPerMonth / 2;

    internal double RequestsPerSecond => RequestsPerMonth / Days / Seconds;

    /// <summary>
    /// Four as the reference has, or what the peak takes at four fifths of a shard's 1,000 records a second.
    /// </summary>
    internal int Shards => Math.Max(4, (int)Math.Ceiling(EventsPerSecond * Peak / 800));
}
