using System.Text.Json;
using Amazon.Runtime;
using Recommendation.Aws.Clients;

namespace Amazon.Kinesis.Model;

/// <summary>Up to 500 records and 5 MB in one call.</summary>
internal sealed class PutRecordsRequest : AmazonWebServiceRequest
{
    public required string StreamName { get; init; }

    public required IReadOnlyList<PutRecordsRequestEntry> Records { get; init; }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("StreamName"u8, StreamName);
        writer.WriteStartArray("Records"u8);
        foreach (var record in Records)
        {
            writer.WriteStartObject();
            writer.WriteBase64String("Data"u8, record.Data.Span);
            writer.WriteString("PartitionKey"u8, record.PartitionKey);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}

/// <summary>A record to put.</summary>
internal sealed class PutRecordsRequestEntry
{
    public required ReadOnlyMemory<byte> Data { get; init; }

    public required string PartitionKey { get; init; }
}

/// <summary>One result per record, in the request's order.</summary>
internal sealed class PutRecordsResponse : AmazonWebServiceResponse
{
    public int FailedRecordCount { get; init; }

    public IReadOnlyList<PutRecordsResultEntry> Records { get; init; } = [];

    internal static PutRecordsResponse Read(JsonElement json) => new()
    {
        FailedRecordCount = json.TryGetProperty("FailedRecordCount"u8, out var failed) ? failed.GetInt32() : 0,
        Records = [.. json.GetProperty("Records"u8).EnumerateArray().Select(record => new PutRecordsResultEntry
        {
            ShardId = record.Text("ShardId"),
            SequenceNumber = record.Text("SequenceNumber"),
            ErrorCode = record.Text("ErrorCode"),
            ErrorMessage = record.Text("ErrorMessage"),
        })],
    };
}

/// <summary>Where a record is, or why it is not.</summary>
internal sealed class PutRecordsResultEntry
{
    public string? ShardId { get; init; }

    public string? SequenceNumber { get; init; }

    /// <summary>Null where the record was taken.</summary>
    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }
}
