namespace Recommendation.Deploy;

/// <summary>
/// The names of an environment's resources: those of the reference system, and those that are new, in its manner.
/// </summary>
internal sealed class Names(string suffix)
{
    internal string Prefix { get; } = $"recommendation-{suffix}";

    internal string Stream => $"{Prefix}-user-events";

    internal string Table => $"{Prefix}-user-profiles";

    internal string StreamProcessor => $"{Prefix}-stream-processor";

    internal string Archiver => $"{Prefix}-archiver";

    internal string BatchProcessor => $"{Prefix}-batch-processor";

    internal string AdminApi => $"{Prefix}-admin-api";

    /// <summary>
    /// The delivery to the archive. What it partitions by can't be changed while it is there, so another layout is
    /// another name.
    /// </summary>
    internal string Archive => $"{Prefix}-archive-by-user";

    internal string Endpoint => $"{Prefix}-endpoint";

    internal string BatchRule => $"{Prefix}-batch-processing";

    internal string BatchMachine => $"{Prefix}-batch";

    internal string Eraser => $"{Prefix}-eraser";

    internal string ErasureRule => $"{Prefix}-erasure";

    internal string ErasureMachine => $"{Prefix}-erasure";

    internal string CompactionRule => $"{Prefix}-compaction";

    internal string CompactionMachine => $"{Prefix}-compaction";

    internal string TrainingRule => $"{Prefix}-training";

    internal string TrainingMachine => $"{Prefix}-training";

    internal string Topic => $"{Prefix}-alarms";

    internal string Undelivered => $"{Prefix}-undelivered";

    internal string Dashboard => Prefix;

    /// <summary>The namespace of the functions' own metrics.</summary>
    internal string Metrics => Prefix;

    internal string Bucket(string account) => $"{Prefix}-model-artifacts-{account}";

    internal string AccessLogs(string account) => $"{Prefix}-access-logs-{account}";

    internal string PopularRule(string which) =>
        which is "PopularOften" ? $"{Prefix}-popular-often" : $"{Prefix}-popular-seldom";

    internal string FeedbackRule => $"{Prefix}-feedback";

    internal string Alarm(string name) => $"{Prefix}-{name}";
}
