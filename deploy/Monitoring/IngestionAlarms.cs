using Amazon.CDK.AWS.CloudWatch;
using Recommendation.Deploy.Ingestion;
using Recommendation.Deploy.Settings;

namespace Recommendation.Deploy.Monitoring;

/// <summary>From the stream to profiles and archive. The first three are the reference's.</summary>
internal static class IngestionAlarms
{
    /// <summary>
    /// Why records are rejected: the values of the metric's dimension, as many as an alarm can add up.
    /// </summary>
    internal static readonly string[] Reasons =
    [
        "malformed",
        "invalid-user",
        "invalid-item",
        "invalid-event-id",
        "invalid-type",
        "invalid-time",
        "invalid-value",
        "too-large",
        "wrong-key",
        "refused-by-store",
    ];

    internal static IEnumerable<AlarmDefinition> Of(
        EventIngestion ingestion,
        ArchiveCompaction compaction,
        StackSettings settings,
        Measures measures
    )
    {
        var processor = ingestion.Processor.Function.FunctionName;
        var stream = ingestion.Stream.StreamName;
        yield return new AlarmDefinition(
            "lambda-latency",
            "Batches of the stream take over 30 s on average.",
            Measures.Lambda("Duration", "Average", processor),
            30_000,
            2,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "lambda-errors",
            "The stream processor fails: no profile of a batch could be saved.",
            Measures.Lambda("Errors", "Sum", processor),
            5,
            1,
            TreatMissingData.NOT_BREACHING
        );
        // The stream is read once a second even when it is empty; silence means that nobody reads it.
        yield return new AlarmDefinition(
            "kinesis-iterator-age",
            "A reader of the stream is more than 60 s behind, or nobody reads it.",
            Measures.Kinesis("GetRecords.IteratorAgeMilliseconds", "Maximum", stream),
            60_000,
            2,
            TreatMissingData.BREACHING
        );
        yield return new AlarmDefinition(
            "stream-stalled",
            "Records arrive, and the stream processor is not called.",
            Measures.Formula(
                "IF(FILL(arrived, 0) > 0 AND FILL(called, 0) == 0, 1, 0)",
                "Arriving, not processed",
                TimeSpan.FromMinutes(5),
                ("arrived", Measures.Kinesis("IncomingRecords", "Sum", stream)),
                ("called", Measures.Lambda("Invocations", "Sum", processor))
            ),
            0,
            2,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "lambda-throttles",
            "The stream processor is called more often at once than it may run.",
            Measures.Lambda("Throttles", "Sum", processor),
            10,
            3,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "records-failed",
            "Records keep failing: their profiles can't be saved, and they are delivered again.",
            measures.Own("recommendation.records.failed", "Sum"),
            0,
            3,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "batches-given-up",
            "Records were given up for their age and put into the bucket; rebuild their users' profiles.",
            Measures.Mapping("OnFailureDestinationDeliveredEventCount", "Sum", ingestion.Mapping.Ref),
            0,
            1,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "records-dropped",
            "Records were given up and could not be put into the bucket.",
            Measures.Mapping("DroppedEventCount", "Sum", ingestion.Mapping.Ref),
            0,
            1,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "quarantine-growth",
            "Many records are rejected.",
            Measures.Sum(
                "Rejected",
                TimeSpan.FromHours(1),
                [
                    .. Reasons.Select(reason =>
                        measures.Own("recommendation.records.rejected", "Sum", ("reason", reason))
                    ),
                ]
            ),
            settings.Alarms.RejectedRecords,
            1,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "archive-late",
            "The archive is over 30 minutes behind.",
            Measures.Firehose("DeliveryToS3.DataFreshness", "Maximum", ingestion.Archive.Delivery.DeliveryStreamName!),
            1800,
            3,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "archiver-errors",
            "The archiver fails: what it could not transform is under archive-errors/ in the bucket.",
            Measures.Lambda("Errors", "Sum", ingestion.Archive.Archiver.Function.FunctionName),
            0,
            2,
            TreatMissingData.NOT_BREACHING
        );
        yield return new AlarmDefinition(
            "compaction-failed",
            "The archive was not compacted: what reads it by user takes longer each day.",
            Measures.Sum(
                "Failed compactions",
                TimeSpan.FromMinutes(5),
                Measures.States("ExecutionsFailed", "Sum", compaction.Machine.StateMachineArn),
                Measures.States("ExecutionsTimedOut", "Sum", compaction.Machine.StateMachineArn)),
            0, 1, TreatMissingData.NOT_BREACHING);
    }
}
