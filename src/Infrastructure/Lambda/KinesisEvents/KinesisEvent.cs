using System.Text.Json.Serialization;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace Amazon.Lambda.KinesisEvents;

/// <summary>A batch of one shard, in its order, as an event source mapping gives it.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html</remarks>
public sealed class KinesisEvent
{
    [JsonPropertyName("Records")]
    public IList<KinesisEventRecord> Records { get; set; } = [];

    /// <summary>A record, and where it comes from.</summary>
    public sealed class KinesisEventRecord
    {
        /// <summary>Shard and sequence number, divided by a colon.</summary>
        [JsonPropertyName("eventID")]
        public string EventId { get; set; } = "";

        [JsonPropertyName("eventVersion"), JsonConverter(typeof(RepeatedTextConverter))]
        public string EventVersion { get; set; } = "";

        [JsonPropertyName("eventName"), JsonConverter(typeof(RepeatedTextConverter))]
        public string EventName { get; set; } = "";

        [JsonPropertyName("eventSource"), JsonConverter(typeof(RepeatedTextConverter))]
        public string EventSource { get; set; } = "";

        [JsonPropertyName("eventSourceARN"), JsonConverter(typeof(RepeatedTextConverter))]
        public string EventSourceARN { get; set; } = "";

        [JsonPropertyName("invokeIdentityArn"), JsonConverter(typeof(RepeatedTextConverter))]
        public string InvokeIdentityArn { get; set; } = "";

        [JsonPropertyName("awsRegion"), JsonConverter(typeof(RepeatedTextConverter))]
        public string AwsRegion { get; set; } = "";

        [JsonPropertyName("kinesis")]
        public Record Kinesis { get; set; } = new();
    }

    /// <summary>The record as the stream holds it.</summary>
    public sealed class Record
    {
        [JsonPropertyName("kinesisSchemaVersion"), JsonConverter(typeof(RepeatedTextConverter))]
        public string KinesisSchemaVersion { get; set; } = "";

        [JsonPropertyName("partitionKey")]
        public string PartitionKey { get; set; } = "";

        [JsonPropertyName("sequenceNumber")]
        public string SequenceNumber { get; set; } = "";

        [JsonPropertyName("data"), JsonConverter(typeof(Base64StreamConverter))]
        public MemoryStream Data { get; set; } = new([], 0, 0, writable: false, publiclyVisible: true);

        /// <summary>In UTC, to the millisecond.</summary>
        [JsonPropertyName("approximateArrivalTimestamp"), JsonConverter(typeof(EpochSecondsConverter))]
        public DateTime ApproximateArrivalTimestamp { get; set; }
    }
}
