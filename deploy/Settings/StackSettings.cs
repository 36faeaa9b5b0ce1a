namespace Recommendation.Deploy.Settings;

/// <summary>
/// All that distinguishes one deployed environment from another. See <see cref="Environments"/> for the two there are.
/// </summary>
internal sealed record StackSettings
{
    /// <summary>The part of every name that tells environments apart: <c>recommendation-{Suffix}-…</c>.</summary>
    public required string Suffix { get; init; }

    /// <summary>
    /// True: table, bucket, stream and key outlive the stack, backups are on, the data are under a key of the stack's
    /// own. False: all is emptied and torn down with the stack.
    /// </summary>
    public required bool IsProtected { get; init; }

    /// <summary>The content of <c>recommendation.json</c>, compact; null where all is as built in.</summary>
    public string? Engine { get; init; }

    public required StreamSettings Stream { get; init; }

    public required TableSettings Table { get; init; }

    public required BucketSettings Bucket { get; init; }

    public BatchSettings Batch { get; init; } = new();

    public required FunctionSettings Functions { get; init; }

    public required ApiSettings Api { get; init; }

    public required ModelSettings Model { get; init; }

    public required AlarmSettings Alarms { get; init; }
}

/// <summary>The stream of events, how it is consumed, and how it is archived.</summary>
internal sealed record StreamSettings
{
    public int Shards { get; init; } = 4;

    public int RetentionHours { get; init; } = 24;

    public int BatchSize { get; init; } = 100;

    /// <summary>How long the mapping waits for a batch to fill, in seconds.</summary>
    public int BatchWindowSeconds { get; init; } = 1;

    /// <summary>
    /// How many batches of one shard are worked on at once. More than 1 needs <see cref="PartitionKeyIsUser"/>.
    /// </summary>
    public int Parallelization { get; init; } = 1;

    /// <summary>
    /// Asserts that every producer puts records under the user's id; what comes under another goes to quarantine.
    /// </summary>
    public bool PartitionKeyIsUser { get; init; }

    /// <summary>Reserved concurrency; null takes what the shards can use, 0 reserves none.</summary>
    public int? Concurrency { get; init; }

    /// <summary>
    /// How often a failed batch is tried again; null until it reaches the maximum age, an hour before
    /// the stream drops it.
    /// </summary>
    public int? Retries { get; init; }

    /// <summary><c>TRIM_HORIZON</c>, or <c>LATEST</c>, which skips what arrives while the mapping is made.</summary>
    public string StartingPosition { get; init; } = "TRIM_HORIZON";

    /// <summary>How long the archive collects before it writes an object, in seconds.</summary>
    public int ArchiveSeconds { get; init; } = 300;

    internal int UsableConcurrency => Shards * Parallelization;

    internal int ReservedConcurrency => Concurrency ?? UsableConcurrency;

    internal int MaximumRecordAgeSeconds => (RetentionHours - 1) * 3600;
}

/// <summary>Capacity of the table and its index, and how long profiles are kept.</summary>
internal sealed record TableSettings
{
    internal const string PayPerRequest = "on-demand";
    internal const string Provisioned = "provisioned";

    /// <summary><c>on-demand</c> or <c>provisioned</c>.</summary>
    public string Billing { get; init; } = Provisioned;

    internal bool OnDemand => Billing is PayPerRequest;

    public int MinimumCapacity { get; init; } = 5;

    public int MaximumCapacity { get; init; } = 100;

    public int TargetUtilization { get; init; } = 70;

    /// <summary>
    /// Into how many keys each of the index's 16 buckets is split; may be raised, and not be lowered.
    /// </summary>
    public int IndexSplits { get; init; } = 1;

    /// <summary>Null keeps profiles for ever.</summary>
    public int? ProfileDays { get; init; }
}

/// <summary>
/// How long the bucket keeps what is not kept for ever: models, results and the archive are. The archive stays in the
/// standard class: each training reads it whole, and reading from the cheaper classes costs more than they save.
/// </summary>
internal sealed record BucketSettings
{
    public int OldVersionDays { get; init; } = 30;

    public int BatchRunDays { get; init; } = 90;

    public int QuarantineDays { get; init; } = 365;
}

/// <summary>The nightly run, and what the same function does by day.</summary>
internal sealed record BatchSettings
{
    /// <summary>How many segments of 2,000 users are ranked at once, each in a function of its own.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>How often the metrics of feedback are derived from the archive, in minutes.</summary>
    public int FeedbackMinutes { get; init; } = 15;
}

/// <summary>The functions' processors and memory. A function gets one processor for each 1,769 MB.</summary>
internal sealed record FunctionSettings
{
    /// <summary><c>x86_64</c> or <c>arm64</c>: what <c>build/functions.sh</c> built for.</summary>
    public string Architecture { get; init; } = "x86_64";

    public int StreamMemory { get; init; } = 1024;

    public int ArchiverMemory { get; init; } = 512;

    public int BatchMemory { get; init; } = 3538;

    public int ApiMemory { get; init; } = 1769;

    public int LogDays { get; init; } = 1;
}

/// <summary>What the HTTP API takes.</summary>
internal sealed record ApiSettings
{
    public int RequestsPerSecond { get; init; } = 100;

    public int Burst { get; init; } = 200;

    /// <summary>
    /// The roles of callers, such as <c>123456789012:role/shop=writer</c>, divided by spaces; null lets everybody do
    /// everything whom a policy lets call the API.
    /// </summary>
    public string? Callers { get; init; }
}

/// <summary>
/// The container image and what it runs on. Without an image the batch processor ranks in its own process.
/// </summary>
internal sealed record ModelSettings
{
    public string? Image { get; init; }

    /// <summary>The artefact that the endpoint starts with; without one there is no endpoint.</summary>
    public string? Artefact { get; init; }

    public string InstanceType { get; init; } = "ml.m5.large";

    public int MinimumInstances { get; init; } = 1;

    public int MaximumInstances { get; init; } = 4;

    public string TrainingInstanceType { get; init; } = "ml.m5.2xlarge";

    public int TrainingHours { get; init; } = 6;

    /// <summary>How many days back a training goes; 0 takes all.</summary>
    public int TrainingDays { get; init; }

    /// <summary>How many percent of the users are trained on, whole users each.</summary>
    public int TrainingUserPercent { get; init; } = 100;

    internal bool HasTraining => Image is not null;

    internal bool HasEndpoint => Image is not null && Artefact is not null;
}

/// <summary>Whom alarms tell, and the limits that depend on the traffic.</summary>
internal sealed record AlarmSettings
{
    public string? Email { get; init; }

    public int RejectedRecords { get; init; } = 100;

    public int FallbackPercent { get; init; } = 50;

    /// <summary>NDCG@10 of the stored lists, in thousandths.</summary>
    public int ListsNdcg { get; init; } = 1;

    /// <summary>In milliseconds.</summary>
    public int EndpointLatency { get; init; } = 5000;
}
