using System.Text.Json.Serialization;

namespace Amazon.Lambda.KinesisEvents;

/// <summary>
/// Tells the mapping which records to deliver again: it goes back to the lowest, and gives all from there on. Empty:
/// all went well.
/// </summary>
public sealed class StreamsEventResponse
{
    [JsonPropertyName("batchItemFailures")]
    public IList<BatchItemFailure> BatchItemFailures { get; set; } = [];

    public sealed class BatchItemFailure
    {
        /// <summary>The sequence number of a record of the batch.</summary>
        [JsonPropertyName("itemIdentifier")]
        public string ItemIdentifier { get; set; } = "";
    }
}
