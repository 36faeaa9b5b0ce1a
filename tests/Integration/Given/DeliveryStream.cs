using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recommendation.Emulators;

namespace Recommendation.Integration.Tests.Given;

/// <summary>
/// What a delivery stream does: has records transformed and stores the answers' data, compressed, by the
/// day of their arrival.
/// </summary>
internal static class DeliveryStream
{
    // About what a processing buffer of a megabyte holds of the sample's events.
    private const int RecordsInACall = 2_000;

    internal static async Task DeliverAsync(
        Stack stack,
        IReadOnlyList<StreamedRecord> records,
        Func<ReadOnlyMemory<byte>, Task<InvocationOutcome>> transform
    )
    {
        using var client = new HttpClient();
        foreach (var (number, chunk) in records.Chunk(RecordsInACall).Index())
        {
            var outcome = await transform(EventOf(chunk));
            Assert.False(outcome.IsError, outcome.Text);
            using var body = new ByteArrayContent(ObjectOf(outcome));
            var arrival = chunk[0].ArrivedAt;
            var key = string.Create(
                CultureInfo.InvariantCulture,
                $"archive/{arrival:yyyy'/'MM'/'dd}/archive-1-{arrival:yyyy-MM-dd-HH-mm-ss}-{chunk[0].Shard}-{number}.jsonl.gz"
            );
            using var put = await client.PutAsync(new Uri(stack.S3, $"{stack.Bucket}/{key}"), body);
            put.EnsureSuccessStatusCode();
        }
    }

    private static byte[] EventOf(StreamedRecord[] records) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        invocationId = "i",
        deliveryStreamArn = "arn:aws:firehose:us-east-1:123456789012:deliverystream/archive",
        region = "us-east-1",
        records = records.Select(record => new
        {
            recordId = record.SequenceNumber,
            approximateArrivalTimestamp = record.ArrivedAt.ToUnixTimeMilliseconds(),
            data = Convert.ToBase64String(record.Data.Span),
            kinesisRecordMetadata = new
            {
                shardId = record.Shard,
                partitionKey = record.PartitionKey,
                sequenceNumber = record.SequenceNumber,
                subsequenceNumber = "",
                approximateArrivalTimestamp = record.ArrivedAt.ToUnixTimeMilliseconds(),
            },
        }),
    });

    private static byte[] ObjectOf(InvocationOutcome outcome)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var record in JsonNode.Parse(outcome.Body.Span)!["records"]!.AsArray())
            {
                if (record!["result"]!.GetValue<string>() is "Ok")
                    gzip.Write(Convert.FromBase64String(record["data"]!.GetValue<string>()));
            }
        }
        return output.ToArray();
    }
}
