using System.Text.Json.Serialization;

namespace Amazon.Lambda.KinesisFirehoseEvents;

/// <summary>What became of each record of the event, under its id.</summary>
public sealed class KinesisFirehoseResponse
{
    /// <summary>The record is stored as given here.</summary>
    public const string TRANSFORMED_STATE_OK = "Ok";

    /// <summary>The record is left out on purpose.</summary>
    public const string TRANSFORMED_STATE_DROPPED = "Dropped";

    /// <summary>The record as it came goes where the delivery stream keeps its failures.</summary>
    public const string TRANSFORMED_STATE_PROCESSINGFAILED = "ProcessingFailed";

    [JsonPropertyName("records")]
    public IList<FirehoseRecord> Records { get; set; } = [];

    public sealed class FirehoseRecord
    {
        [JsonPropertyName("recordId")]
        public string RecordId { get; set; } = "";

        [JsonPropertyName("result")]
        public string Result { get; set; } = "";

        [JsonPropertyName("data")]
        public string Base64EncodedData { get; set; } = "";

        /// <summary>For dynamic partitioning; null where the record is not stored under a key.</summary>
        [JsonPropertyName("metadata"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public RecordMetadata? Metadata { get; set; }
    }

    public sealed class RecordMetadata
    {
        /// <summary>Values of <c>!{partitionKeyFromLambda:…}</c>, by their names.</summary>
        [JsonPropertyName("partitionKeys")]
        public Dictionary<string, string> PartitionKeys { get; set; } = [];
    }
}
