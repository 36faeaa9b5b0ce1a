using System.Globalization;
using System.Text.Json;

namespace Recommendation.Emulators;

/// <summary>A record of a shard, as Kinesis holds it.</summary>
public sealed record StreamedRecord(
    string Shard,
    string SequenceNumber,
    string PartitionKey,
    ReadOnlyMemory<byte> Data,
    DateTimeOffset ArrivedAt
)
{
    /// <summary>The event that Lambda makes of a batch.</summary>
    public static byte[] ToEvent(IEnumerable<StreamedRecord> batch)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("Records"u8);
            foreach (var record in batch ?? throw new ArgumentNullException(nameof(batch)))
                record.Write(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("kinesis"u8);
        writer.WriteString("kinesisSchemaVersion"u8, "1.0");
        writer.WriteString("partitionKey"u8, PartitionKey);
        writer.WriteString("sequenceNumber"u8, SequenceNumber);
        writer.WriteBase64String("data"u8, Data.Span);
        writer.WritePropertyName("approximateArrivalTimestamp"u8);
        writer.WriteRawValue(
            (ArrivedAt.ToUnixTimeMilliseconds() / 1000m).ToString("0.000", CultureInfo.InvariantCulture)
        );
        writer.WriteEndObject();
        writer.WriteString("eventSource"u8, "aws:kinesis");
        writer.WriteString("eventVersion"u8, "1.0");
        writer.WriteString("eventID"u8, $"{Shard}:{SequenceNumber}");
        writer.WriteString("eventName"u8, "aws:kinesis:record");
        writer.WriteString("invokeIdentityArn"u8, "arn:aws:iam::123456789012:role/stream-processor");
        writer.WriteString("awsRegion"u8, "us-east-1");
        writer.WriteString("eventSourceARN"u8, "arn:aws:kinesis:us-east-1:123456789012:stream/user-events");
        writer.WriteEndObject();
    }
}
