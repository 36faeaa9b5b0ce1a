using System.Text.Json.Serialization;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace Amazon.Lambda.KinesisFirehoseEvents;

/// <summary>Records that a delivery stream wants transformed before it stores them.</summary>
/// <remarks>https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html</remarks>
public sealed class KinesisFirehoseEvent
{
    [JsonPropertyName("invocationId")]
    public string InvocationId { get; set; } = "";

    [JsonPropertyName("deliveryStreamArn")]
    public string DeliveryStreamArn { get; set; } = "";

    [JsonPropertyName("region")]
    public string Region { get; set; } = "";

    [JsonPropertyName("records")]
    public IList<FirehoseRecord> Records { get; set; } = [];

    public sealed class FirehoseRecord
    {
        [JsonPropertyName("recordId")]
        public string RecordId { get; set; } = "";

        /// <summary>Milliseconds since 1970.</summary>
        [JsonPropertyName("approximateArrivalTimestamp")]
        public long ApproximateArrivalEpoch { get; set; }

        [JsonPropertyName("data")]
        public string Base64EncodedData { get; set; } = "";

        /// <summary>
        /// Where the source stream holds the record; null where there is none. The official type leaves it out.
        /// </summary>
        [JsonPropertyName("kinesisRecordMetadata")]
        public KinesisMetadata? KinesisRecordMetadata { get; set; }
    }

    public sealed class KinesisMetadata
    {
        [JsonPropertyName("shardId"), JsonConverter(typeof(RepeatedTextConverter))]
        public string ShardId { get; set; } = "";

        [JsonPropertyName("partitionKey")]
        public string PartitionKey { get; set; } = "";

        [JsonPropertyName("sequenceNumber")]
        public string SequenceNumber { get; set; } = "";

        /// <summary>
        /// The place within a record that a producer library aggregated and the delivery stream took apart; empty where
        /// it did not.
        /// </summary>
        [JsonPropertyName("subsequenceNumber")]
        public string SubsequenceNumber { get; set; } = "";

        /// <summary>Milliseconds since 1970.</summary>
        [JsonPropertyName("approximateArrivalTimestamp")]
        public long ApproximateArrivalTimestamp { get; set; }
    }
}
