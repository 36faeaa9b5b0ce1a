namespace Recommendation.Deploy.Tests.Monitoring;

/// <summary>
/// What the services measure, written down from their documentation: namespace and metric, the dimensions under which
/// it is published, and the statistics that mean something of it. An alarm on anything else would stay silent.
/// </summary>
internal static class WatchedMetrics
{
    internal static readonly IReadOnlyList<KnownMetric> OfServices =
    [
        new("AWS/Lambda", "Duration", ["FunctionName"], ["Average", "Maximum", "p99"]),
        new("AWS/Lambda", "Errors", ["FunctionName"], ["Sum"]),
        new("AWS/Lambda", "Throttles", ["FunctionName"], ["Sum"]),
        new("AWS/Lambda", "Invocations", ["FunctionName"], ["Sum"]),
        new("AWS/Lambda", "OnFailureDestinationDeliveredEventCount", ["EventSourceMappingUUID"], ["Sum"]),
        new("AWS/Lambda", "DroppedEventCount", ["EventSourceMappingUUID"], ["Sum"]),
        new("AWS/Kinesis", "GetRecords.IteratorAgeMilliseconds", ["StreamName"], ["Maximum"]),
        new("AWS/Kinesis", "IncomingRecords", ["StreamName"], ["Sum"]),
        new("AWS/Firehose", "DeliveryToS3.DataFreshness", ["DeliveryStreamName"], ["Maximum"]),
        new("AWS/DynamoDB", "ReadThrottleEvents", ["TableName"], ["Sum"]),
        new("AWS/DynamoDB", "WriteThrottleEvents", ["TableName"], ["Sum"]),
        new("AWS/DynamoDB", "ReadThrottleEvents", ["GlobalSecondaryIndexName", "TableName"], ["Sum"]),
        new("AWS/DynamoDB", "WriteThrottleEvents", ["GlobalSecondaryIndexName", "TableName"], ["Sum"]),
        new("AWS/DynamoDB", "ConsumedReadCapacityUnits", ["TableName"], ["Sum"]),
        new("AWS/DynamoDB", "ConsumedWriteCapacityUnits", ["TableName"], ["Sum"]),
        new("AWS/DynamoDB", "ProvisionedReadCapacityUnits", ["TableName"], ["Average"]),
        new("AWS/DynamoDB", "ProvisionedWriteCapacityUnits", ["TableName"], ["Average"]),
        new("AWS/States", "ExecutionsSucceeded", ["StateMachineArn"], ["Sum"]),
        new("AWS/States", "ExecutionsFailed", ["StateMachineArn"], ["Sum"]),
        new("AWS/States", "ExecutionsTimedOut", ["StateMachineArn"], ["Sum"]),
        new("AWS/States", "ExecutionsAborted", ["StateMachineArn"], ["Sum"]),
        new("AWS/SQS", "ApproximateNumberOfMessagesVisible", ["QueueName"], ["Maximum"]),
        new("AWS/SageMaker", "Invocation5XXErrors", ["EndpointName", "VariantName"], ["Sum"]),
        new("AWS/SageMaker", "ModelLatency", ["EndpointName", "VariantName"], ["p99"]),
        new("AWS/ApiGateway", "5xx", ["ApiId"], ["Sum"]),
        new("AWS/ApiGateway", "Latency", ["ApiId"], ["p99"]),
    ];

    /// <summary>Of our own instruments: the tags under which each is measured, and their values.</summary>
    internal static readonly IReadOnlyDictionary<string, OwnMetric> OfFunctions = new Dictionary<string, OwnMetric>(
        StringComparer.Ordinal
    )
    {
        ["recommendation.records.accepted"] = new(null, [], ["Sum"]),
        ["recommendation.records.duplicated"] = new("by", ["log", "producer"], ["Sum"]),
        ["recommendation.records.rejected"] = new(
            "reason",
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
            ],
            ["Sum"]
        ),
        ["recommendation.records.failed"] = new(null, [], ["Sum"]),
        ["recommendation.records.lag"] = new(null, [], ["p99"]),
        ["recommendation.profiles.conflicts"] = new(null, [], ["Sum"]),
        ["recommendation.batch.runs"] = new("state", ["completed", "skipped", "cancelled"], ["Sum"]),
        ["recommendation.batch.users"] = new("outcome", ["ranked", "fallback", "failed", "skipped"], ["Sum"]),
        ["recommendation.model.ndcg"] = new(null, [], ["Maximum"]),
        ["recommendation.lists.ndcg"] = new(null, [], ["Average"]),
        ["recommendation.feedback.alarms"] = new(
            "alarm", ["impressions-without-lists", "ctr-drop", "sample-ratio", "guardrail"], ["Sum"]),
        ["recommendation.ranking.duration"] = new(null, [], ["p99"]),
        ["recommendation.list.age"] = new(null, [], ["p50", "p99"]),
        ["recommendation.lists.shown"] = new("source", ["batch", "realtime", "popular", "stale"], ["Sum"]),
    };
}

internal sealed record KnownMetric(string Namespace, string Name, string[] Dimensions, string[] Statistics);

internal sealed record OwnMetric(string? Tag, string[] Values, string[] Statistics);
