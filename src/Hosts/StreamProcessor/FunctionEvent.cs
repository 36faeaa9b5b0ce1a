using System.Text.Json.Serialization;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.KinesisFirehoseEvents;

namespace Recommendation.StreamProcessor;

/// <summary>Either of the two events that call the function; their names differ in case.</summary>
internal sealed class FunctionEvent
{
    /// <summary>A batch of a shard.</summary>
    [JsonPropertyName("Records")]
    public IList<KinesisEvent.KinesisEventRecord>? Records { get; set; }

    /// <summary>What a delivery stream wants transformed.</summary>
    [JsonPropertyName("records")]
    public IList<KinesisFirehoseEvent.FirehoseRecord>? Transform { get; set; }
}

[JsonSerializable(typeof(FunctionEvent))]
[JsonSerializable(typeof(StreamsEventResponse))]
[JsonSerializable(typeof(KinesisFirehoseResponse))]
[JsonSerializable(typeof(KinesisFirehoseResponse.FirehoseRecord), TypeInfoPropertyName = "TransformedRecord")]
[JsonSerializable(typeof(IList<KinesisFirehoseResponse.FirehoseRecord>), TypeInfoPropertyName = "TransformedRecords")]
internal sealed partial class FunctionJson : JsonSerializerContext;
