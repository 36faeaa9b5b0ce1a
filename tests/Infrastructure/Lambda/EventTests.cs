using System.Text;
using System.Text.Json.Serialization;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.KinesisFirehoseEvents;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace Recommendation.Lambda.Tests;

public sealed partial class EventTests
{
    private static readonly SourceGeneratorLambdaJsonSerializer<EventJson> s_json = new();

    [Fact]
    public void A_kinesis_event_is_read_as_the_documentation_shows_it()
    {
        var read = Read<KinesisEvent>("""
            {"Records":[{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"1","sequenceNumber":"49590338271490256608559692538361571095921575989136588898",
            "data":"SGVsbG8sIHRoaXMgaXMgYSB0ZXN0Lg==","approximateArrivalTimestamp":1545084650.987},"eventSource":"aws:kinesis","eventVersion":"1.0",
            "eventID":"shardId-000000000006:49590338271490256608559692538361571095921575989136588898","eventName":"aws:kinesis:record",
            "invokeIdentityArn":"arn:aws:iam::123456789012:role/lambda-role","awsRegion":"us-east-2",
            "eventSourceARN":"arn:aws:kinesis:us-east-2:123456789012:stream/lambda-stream","later":{"unknown":[1]}}]}
            """);

        var record = Assert.Single(read.Records);
        Assert.Equal("shardId-000000000006:49590338271490256608559692538361571095921575989136588898", record.EventId);
        Assert.Equal("arn:aws:kinesis:us-east-2:123456789012:stream/lambda-stream", record.EventSourceARN);
        Assert.Equal("us-east-2", record.AwsRegion);
        Assert.Equal("1", record.Kinesis.PartitionKey);
        Assert.Equal("Hello, this is a test.", Encoding.UTF8.GetString(record.Kinesis.Data.ToArray()));
        Assert.Equal(
            new DateTime(2018, 12, 17, 22, 10, 50, 987, DateTimeKind.Utc),
            record.Kinesis.ApproximateArrivalTimestamp
        );
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var written = new KinesisEvent
        {
            Records =
            [
                new()
                {
                    EventId = "shardId-0:7",
                    EventSourceARN = "arn:1",
                    Kinesis = new()
                    {
                        SequenceNumber = "7",
                        PartitionKey = "ä",
                        Data = new MemoryStream([1, 2, 255]),
                        ApproximateArrivalTimestamp = new DateTime(2026, 7, 1, 0, 0, 0, 1, DateTimeKind.Utc),
                    },
                },
                new() { EventId = "shardId-0:8", EventSourceARN = "arn:2" },
            ],
        };
        var stream = new MemoryStream();
        s_json.Serialize(written, stream);
        stream.Position = 0;

        var read = s_json.Deserialize<KinesisEvent>(stream);

        Assert.Equal(["arn:1", "arn:2"], read.Records.Select(record => record.EventSourceARN));
        Assert.Equal(
            written.Records[0].Kinesis.ApproximateArrivalTimestamp,
            read.Records[0].Kinesis.ApproximateArrivalTimestamp
        );
        Assert.Equal([1, 2, 255], read.Records[0].Kinesis.Data.ToArray());
        Assert.Empty(read.Records[1].Kinesis.Data.ToArray());
    }

    [Fact]
    public void The_answer_to_a_stream_names_the_failures_as_lambda_reads_them()
    {
        Assert.Equal("""{"batchItemFailures":[]}""", Write(new StreamsEventResponse()));
        Assert.Equal(
            """{"batchItemFailures":[{"itemIdentifier":"495"}]}""",
            Write(new StreamsEventResponse { BatchItemFailures = [new() { ItemIdentifier = "495" }] }));
    }

    [Fact]
    public void A_delivery_streams_event_is_read_with_where_its_records_come_from()
    {
        var read = Read<KinesisFirehoseEvent>("""
            {"invocationId":"i","deliveryStreamArn":"arn:aws:firehose:us-east-1:1:deliverystream/d","sourceKinesisStreamArn":"arn:s","region":"us-east-1",
            "records":[{"recordId":"r","approximateArrivalTimestamp":1495072949453,"data":"e30=","kinesisRecordMetadata":{"shardId":"shardId-000000000000",
            "partitionKey":"4d1ad2b9","approximateArrivalTimestamp":1495072949453,"sequenceNumber":"4954698","subsequenceNumber":""}}]}
            """);

        var record = Assert.Single(read.Records);
        Assert.Equal("r", record.RecordId);
        Assert.Equal("e30=", record.Base64EncodedData);
        Assert.Equal("shardId-000000000000", record.KinesisRecordMetadata!.ShardId);
        Assert.Equal(1495072949453, record.KinesisRecordMetadata.ApproximateArrivalTimestamp);
        Assert.Equal(
            """{"records":[{"recordId":"r","result":"Ok","data":"e30="}]}""",
            Write(
                new KinesisFirehoseResponse
                {
                    Records =
                    [
                        new()
                        {
                            RecordId = "r",
                            Result = KinesisFirehoseResponse.TRANSFORMED_STATE_OK,
                            Base64EncodedData = "e30=",
                        },
                    ],
                }
            )
        );
    }

    [Fact]
    public void A_type_that_the_context_does_not_know_is_named()
    {
        var problem = Assert.Throws<InvalidOperationException>(() => s_json.Deserialize<Version>(new MemoryStream()));
        Assert.Contains("[JsonSerializable(typeof(Version))]", problem.Message, StringComparison.Ordinal);
    }

    private static T Read<T>(string json) => s_json.Deserialize<T>(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private static string Write<T>(T value)
    {
        var stream = new MemoryStream();
        s_json.Serialize(value, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [JsonSerializable(typeof(KinesisEvent))]
    [JsonSerializable(typeof(StreamsEventResponse))]
    [JsonSerializable(typeof(KinesisFirehoseEvent))]
    [JsonSerializable(typeof(KinesisFirehoseResponse))]
    [JsonSerializable(typeof(KinesisFirehoseResponse.FirehoseRecord), TypeInfoPropertyName = "TransformedRecord")]
    [JsonSerializable(
        typeof(IList<KinesisFirehoseResponse.FirehoseRecord>),
        TypeInfoPropertyName = "TransformedRecords"
    )]
    internal sealed partial class EventJson : JsonSerializerContext;
}
