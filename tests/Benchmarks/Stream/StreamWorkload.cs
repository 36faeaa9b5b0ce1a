using System.Text.Json;
using Amazon.Lambda.KinesisEvents;
using Recommendation.Application.Interactions;
using Recommendation.Domain.Interactions;

namespace Recommendation.Benchmarks.Stream;

/// <summary>Events as Lambda gives them to the function.</summary>
internal static class StreamWorkload
{
    internal static List<byte[]> Batches(IEnumerable<Interaction> interactions, int batchSize) =>
        [.. interactions.Chunk(batchSize).Select(batch => ToEvent(batch))];

    private static byte[] ToEvent(IEnumerable<Interaction> batch) =>
        JsonSerializer.SerializeToUtf8Bytes(new KinesisEvent
        {
            Records = [.. batch.Select(one => new KinesisEvent.KinesisEventRecord
        {
            EventId = $"{one.Position.Partition}:{one.Position.Sequence}",
            EventName = "aws:kinesis:record",
            EventSource = "aws:kinesis",
            EventSourceARN = "arn:aws:kinesis:us-east-1:123456789012:stream/recommendation-dev-user-events",
            EventVersion = "1.0",
            InvokeIdentityArn = "arn:aws:iam::123456789012:role/recommendation-dev-stream-processor",
            AwsRegion = "us-east-1",
            Kinesis = new KinesisEvent.Record
            {
                KinesisSchemaVersion = "1.0",
                PartitionKey = one.UserId.Value,
                SequenceNumber = one.Position.Sequence.Value,
                Data = new MemoryStream(EventEncoder.Encode(one)),
                ApproximateArrivalTimestamp = one.ArrivedAt.UtcDateTime,
            },
        })],
        });
}
