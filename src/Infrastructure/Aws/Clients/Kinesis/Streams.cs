using System.Text.Json;
using Amazon.Runtime;
using Recommendation.Aws.Clients;

namespace Amazon.Kinesis.Model;

/// <summary>Asks for a stream's shards, open and closed.</summary>
internal sealed class ListShardsRequest : AmazonWebServiceRequest
{
    /// <summary>Left out where there is a token.</summary>
    public string? StreamName { get; init; }

    public string? NextToken { get; init; }

    /// <summary>How many at most; null for the service's own limit.</summary>
    public int? MaxResults { get; init; }

    internal void Write(Utf8JsonWriter writer)
    {
        if (NextToken is not null)
            writer.WriteString("NextToken"u8, NextToken);
        else
            writer.WriteString("StreamName"u8, StreamName);
        if (MaxResults is { } most)
            writer.WriteNumber("MaxResults"u8, most);
    }
}

/// <summary>A page of shards.</summary>
internal sealed class ListShardsResponse : AmazonWebServiceResponse
{
    public IReadOnlyList<Shard> Shards { get; init; } = [];

    public string? NextToken { get; init; }

    internal static ListShardsResponse Read(JsonElement json) => new()
    {
        NextToken = json.Text("NextToken"),
        Shards = [.. json.GetProperty("Shards"u8).EnumerateArray().Select(shard => new Shard
        {
            ShardId = shard.GetProperty("ShardId"u8).GetString()!,
            ParentShardId = shard.Text("ParentShardId"),
            AdjacentParentShardId = shard.Text("AdjacentParentShardId"),
        })],
    };
}

/// <summary>A shard and the shards that it was split from or merged of.</summary>
internal sealed class Shard
{
    public required string ShardId { get; init; }

    public string? ParentShardId { get; init; }

    public string? AdjacentParentShardId { get; init; }
}

/// <summary>Makes a provisioned stream.</summary>
internal sealed class CreateStreamRequest : AmazonWebServiceRequest
{
    public required string StreamName { get; init; }

    public required int ShardCount { get; init; }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("StreamName"u8, StreamName);
        writer.WriteNumber("ShardCount"u8, ShardCount);
    }
}

/// <summary>Says that the stream is being made.</summary>
internal sealed class CreateStreamResponse : AmazonWebServiceResponse;

/// <summary>Asks how a stream is.</summary>
internal sealed class DescribeStreamSummaryRequest : AmazonWebServiceRequest
{
    public required string StreamName { get; init; }

    internal void Write(Utf8JsonWriter writer) => writer.WriteString("StreamName"u8, StreamName);
}

/// <summary>How a stream is.</summary>
internal sealed class DescribeStreamSummaryResponse : AmazonWebServiceResponse
{
    public StreamDescriptionSummary? StreamDescriptionSummary { get; init; }

    internal static DescribeStreamSummaryResponse Read(JsonElement json)
    {
        var summary = json.GetProperty("StreamDescriptionSummary"u8);
        return new DescribeStreamSummaryResponse
        {
            StreamDescriptionSummary = new StreamDescriptionSummary
            {
                StreamStatus = summary.GetProperty("StreamStatus"u8).GetString()!,
                OpenShardCount = summary.GetProperty("OpenShardCount"u8).GetInt32(),
                RetentionPeriodHours = summary.GetProperty("RetentionPeriodHours"u8).GetInt32(),
            },
        };
    }
}

/// <summary>A stream's state (<c>CREATING</c>, <c>ACTIVE</c> …) and size.</summary>
internal sealed class StreamDescriptionSummary
{
    public required string StreamStatus { get; init; }

    public int OpenShardCount { get; init; }

    public int RetentionPeriodHours { get; init; }
}
