using static Recommendation.Deploy.Settings.Setting;

namespace Recommendation.Deploy.Settings;

/// <summary>Every setting that context can override, in the order of the documentation.</summary>
internal static class SettingsTable
{
    internal static readonly IReadOnlyList<Setting> All =
    [
        new(
            "stream.shards",
            "Shards of the stream",
            s => Text(s.Stream.Shards),
            (s, v) => s with { Stream = s.Stream with { Shards = Number(v) } }
        ),
        new(
            "stream.retentionHours",
            "How long the stream keeps a record; batches are given up an hour before",
            s => Text(s.Stream.RetentionHours),
            (s, v) => s with { Stream = s.Stream with { RetentionHours = Number(v) } }
        ),
        new(
            "stream.batchSize",
            "Records in a batch, at most",
            s => Text(s.Stream.BatchSize),
            (s, v) => s with { Stream = s.Stream with { BatchSize = Number(v) } }
        ),
        new(
            "stream.batchWindowSeconds",
            "How long a batch waits to fill",
            s => Text(s.Stream.BatchWindowSeconds),
            (s, v) => s with { Stream = s.Stream with { BatchWindowSeconds = Number(v) } }
        ),
        new(
            "stream.parallelization",
            "Batches of one shard at once; more than 1 needs the next setting",
            s => Text(s.Stream.Parallelization),
            (s, v) => s with { Stream = s.Stream with { Parallelization = Number(v) } }
        ),
        new(
            "stream.partitionKeyIsUser",
            "Asserts that producers use the user id as partition key",
            s => Text(s.Stream.PartitionKeyIsUser),
            (s, v) => s with { Stream = s.Stream with { PartitionKeyIsUser = Switch(v) } }
        ),
        new(
            "stream.concurrency",
            "Reserved concurrency of the stream processor; 0 reserves none. The reference had 50",
            s => Text(s.Stream.ReservedConcurrency),
            (s, v) => s with { Stream = s.Stream with { Concurrency = Number(v) } }
        ),
        new(
            "stream.retries",
            "Retries of a failed batch before it is given up; without it, until its age is reached. The reference "
                + "had 3",
            s => s.Stream.Retries is { } n ? Text(n) : "",
            (s, v) => s with { Stream = s.Stream with { Retries = Number(v) } }
        ),
        new(
            "stream.startingPosition",
            "`TRIM_HORIZON` or `LATEST`",
            s => s.Stream.StartingPosition,
            (s, v) => s with { Stream = s.Stream with { StartingPosition = v } }
        ),
        new(
            "stream.archiveSeconds",
            "How long the archive collects before it writes",
            s => Text(s.Stream.ArchiveSeconds),
            (s, v) => s with { Stream = s.Stream with { ArchiveSeconds = Number(v) } }
        ),
        new(
            "profiles.billing",
            "`on-demand` pays for each request; `provisioned` has the capacity below, and is slow beyond it",
            s => s.Table.Billing,
            (s, v) => s with { Table = s.Table with { Billing = v } }
        ),
        new(
            "table.minimumCapacity",
            "Read and write units of table and index, at least",
            s => Text(s.Table.MinimumCapacity),
            (s, v) => s with { Table = s.Table with { MinimumCapacity = Number(v) } }
        ),
        new(
            "table.maximumCapacity",
            "The same, at most",
            s => Text(s.Table.MaximumCapacity),
            (s, v) => s with { Table = s.Table with { MaximumCapacity = Number(v) } }
        ),
        new(
            "table.targetUtilization",
            "Percent of the capacity that scaling aims at",
            s => Text(s.Table.TargetUtilization),
            (s, v) => s with { Table = s.Table with { TargetUtilization = Number(v) } }
        ),
        new(
            "table.indexSplits",
            "Keys for each of the 16 buckets of the index of active users; raise it for many events at midnight, "
                + "never lower it",
            s => Text(s.Table.IndexSplits),
            (s, v) => s with { Table = s.Table with { IndexSplits = Number(v) } }
        ),
        new(
            "table.profileDays",
            "How long after its last save a profile is kept; for ever without it",
            s => s.Table.ProfileDays is { } n ? Text(n) : "",
            (s, v) => s with { Table = s.Table with { ProfileDays = Number(v) } }
        ),
        new(
            "bucket.oldVersionDays",
            "How long replaced objects are kept",
            s => Text(s.Bucket.OldVersionDays),
            (s, v) => s with { Bucket = s.Bucket with { OldVersionDays = Number(v) } }
        ),
        new(
            "bucket.batchRunDays",
            "How long records and lists of runs are kept; results are kept for ever",
            s => Text(s.Bucket.BatchRunDays),
            (s, v) => s with { Bucket = s.Bucket with { BatchRunDays = Number(v) } }
        ),
        new(
            "bucket.quarantineDays",
            "How long rejected records and given-up batches are kept",
            s => Text(s.Bucket.QuarantineDays),
            (s, v) => s with { Bucket = s.Bucket with { QuarantineDays = Number(v) } }
        ),
        new(
            "batch.concurrency",
            "Segments of 2,000 users that a nightly run ranks at once",
            s => Text(s.Batch.Concurrency),
            (s, v) => s with { Batch = s.Batch with { Concurrency = Number(v) } }
        ),
        new(
            "batch.feedbackMinutes",
            "Minutes between two counts of metrics; each reads the archive of users who did something since",
            s => Text(s.Batch.FeedbackMinutes),
            (s, v) => s with { Batch = s.Batch with { FeedbackMinutes = Number(v) } }
        ),
        new(
            "functions.architecture",
            "`x86_64` or `arm64`: what `build/functions.sh` built for",
            s => s.Functions.Architecture,
            (s, v) => s with { Functions = s.Functions with { Architecture = v } }
        ),
        new(
            "functions.streamMemory",
            "Memory of the stream processor, MB",
            s => Text(s.Functions.StreamMemory),
            (s, v) => s with { Functions = s.Functions with { StreamMemory = Number(v) } }
        ),
        new(
            "functions.archiverMemory",
            "Memory of the archiver, MB",
            s => Text(s.Functions.ArchiverMemory),
            (s, v) => s with { Functions = s.Functions with { ArchiverMemory = Number(v) } }
        ),
        new(
            "functions.batchMemory",
            "Memory of the batch processor, MB",
            s => Text(s.Functions.BatchMemory),
            (s, v) => s with { Functions = s.Functions with { BatchMemory = Number(v) } }
        ),
        new(
            "functions.apiMemory",
            "Memory of the admin API, MB",
            s => Text(s.Functions.ApiMemory),
            (s, v) => s with { Functions = s.Functions with { ApiMemory = Number(v) } }
        ),
        new(
            "functions.logDays",
            "How long logs are kept; a number of days that CloudWatch offers",
            s => Text(s.Functions.LogDays),
            (s, v) => s with { Functions = s.Functions with { LogDays = Number(v) } }
        ),
        new(
            "api.requestsPerSecond",
            "Requests a second that the API takes",
            s => Text(s.Api.RequestsPerSecond),
            (s, v) => s with { Api = s.Api with { RequestsPerSecond = Number(v) } }
        ),
        new(
            "api.burst",
            "Requests at once beyond that",
            s => Text(s.Api.Burst),
            (s, v) => s with { Api = s.Api with { Burst = Number(v) } }
        ),
        new(
            "api.callers",
            "What IAM principals may do, such as `123456789012:role/shop=writer`, divided by spaces; roles are "
                + "`reader`, `writer`, `operator`. Without it whoever may call the API may do everything",
            s => s.Api.Callers ?? "",
            (s, v) => s with { Api = s.Api with { Callers = v } }
        ),
        new(
            "model.image",
            "Image of the model server in ECR; turns the training state machine on",
            s => s.Model.Image ?? "",
            (s, v) => s with { Model = s.Model with { Image = v } }
        ),
        new(
            "model.artefact",
            "`s3://…/model.tar.gz` that the endpoint starts with; turns the endpoint on",
            s => s.Model.Artefact ?? "",
            (s, v) => s with { Model = s.Model with { Artefact = v } }
        ),
        new(
            "model.instanceType",
            "Instances of the endpoint",
            s => s.Model.InstanceType,
            (s, v) => s with { Model = s.Model with { InstanceType = v } }
        ),
        new(
            "model.minimumInstances",
            "How many, at least",
            s => Text(s.Model.MinimumInstances),
            (s, v) => s with { Model = s.Model with { MinimumInstances = Number(v) } }
        ),
        new(
            "model.maximumInstances",
            "How many, at most",
            s => Text(s.Model.MaximumInstances),
            (s, v) => s with { Model = s.Model with { MaximumInstances = Number(v) } }
        ),
        new(
            "model.trainingInstanceType",
            "Instance of a training",
            s => s.Model.TrainingInstanceType,
            (s, v) => s with { Model = s.Model with { TrainingInstanceType = v } }
        ),
        new(
            "model.trainingHours",
            "How long a training may take",
            s => Text(s.Model.TrainingHours),
            (s, v) => s with { Model = s.Model with { TrainingHours = Number(v) } }
        ),
        new(
            "model.trainingDays",
            "How many days back a training goes; 0 takes all",
            s => Text(s.Model.TrainingDays),
            (s, v) => s with { Model = s.Model with { TrainingDays = Number(v) } }
        ),
        new(
            "model.trainingUserPercent",
            "Percent of the users that are trained on, whole users each",
            s => Text(s.Model.TrainingUserPercent),
            (s, v) => s with { Model = s.Model with { TrainingUserPercent = Number(v) } }
        ),
        new(
            "alarms.email",
            "Who is told; confirm the mail that arrives after the first deployment",
            s => s.Alarms.Email ?? "",
            (s, v) => s with { Alarms = s.Alarms with { Email = v } }
        ),
        new(
            "alarms.rejectedRecords",
            "Rejected records in an hour that are too many",
            s => Text(s.Alarms.RejectedRecords),
            (s, v) => s with { Alarms = s.Alarms with { RejectedRecords = Number(v) } }
        ),
        new(
            "alarms.fallbackPercent",
            "Share of users without a model's list that is too much",
            s => Text(s.Alarms.FallbackPercent),
            (s, v) => s with { Alarms = s.Alarms with { FallbackPercent = Number(v) } }
        ),
        new(
            "alarms.listsNdcg",
            "NDCG@10 of the stored lists that is too little, in thousandths",
            s => Text(s.Alarms.ListsNdcg),
            (s, v) => s with { Alarms = s.Alarms with { ListsNdcg = Number(v) } }
        ),
        new(
            "alarms.endpointLatency",
            "Milliseconds of the endpoint that are too many",
            s => Text(s.Alarms.EndpointLatency),
            (s, v) => s with { Alarms = s.Alarms with { EndpointLatency = Number(v) } }
        ),
    ];
}
