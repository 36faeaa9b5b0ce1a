using System.Text.Json;
using Amazon.Runtime;
using Recommendation.Aws.Clients;

namespace Amazon.Kinesis.Model;

/// <summary>Asks for the next records of a shard.</summary>
internal sealed class GetRecordsRequest : AmazonWebServiceRequest
{
    public required string ShardIterator { get; init; }

    public int Limit { get; init; } = 10_000;

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("ShardIterator"u8, ShardIterator);
        writer.WriteNumber("Limit"u8, Limit);
    }
}

/// <summary>The next records of a shard.</summary>
internal sealed class GetRecordsResponse : AmazonWebServiceResponse
{
    public IReadOnlyList<Record> Records { get; init; } = [];

    /// <summary>Null at the end of a closed shard.</summary>
    public string? NextShardIterator { get; init; }

    /// <summary>How far this answer is behind the tip; null where the server does not say.</summary>
    public long? MillisBehindLatest { get; init; }

    internal static GetRecordsResponse Read(JsonElement json) => new()
    {
        NextShardIterator = json.Text("NextShardIterator"),
        MillisBehindLatest =
            json.TryGetProperty("MillisBehindLatest"u8, out var behind) && behind.ValueKind == JsonValueKind.Number
                ? behind.GetInt64()
                : null,
        Records = [.. json.GetProperty("Records"u8).EnumerateArray().Select(record => new Record
        {
            SequenceNumber = record.GetProperty("SequenceNumber"u8).GetString()!,
            PartitionKey = record.Text("PartitionKey") ?? "",
            Data = record.GetProperty("Data"u8).GetBytesFromBase64(),
            ApproximateArrivalTimestamp = record.Time("ApproximateArrivalTimestamp"),
        })],
    };
}

/// <summary>A record as the stream holds it.</summary>
internal sealed class Record
{
    public required string SequenceNumber { get; init; }

    public required string PartitionKey { get; init; }

    public required ReadOnlyMemory<byte> Data { get; init; }

    public DateTime? ApproximateArrivalTimestamp { get; init; }
}

/// <summary>Asks for a place in a shard.</summary>
internal sealed class GetShardIteratorRequest : AmazonWebServiceRequest
{
    public required string StreamName { get; init; }

    public required string ShardId { get; init; }

    /// <summary>
    /// <c>TRIM_HORIZON</c>, <c>LATEST</c>, <c>AT_SEQUENCE_NUMBER</c> or <c>AFTER_SEQUENCE_NUMBER</c>.
    /// </summary>
    public required string ShardIteratorType { get; init; }

    public string? StartingSequenceNumber { get; init; }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("StreamName"u8, StreamName);
        writer.WriteString("ShardId"u8, ShardId);
        writer.WriteString("ShardIteratorType"u8, ShardIteratorType);
        if (StartingSequenceNumber is not null)
            writer.WriteString("StartingSequenceNumber"u8, StartingSequenceNumber);
    }
}

/// <summary>A place in a shard.</summary>
internal sealed class GetShardIteratorResponse : AmazonWebServiceResponse
{
    public string ShardIterator { get; init; } = "";

    internal static GetShardIteratorResponse Read(JsonElement json) =>
        new() { ShardIterator = json.GetProperty("ShardIterator"u8).GetString()! };
}
