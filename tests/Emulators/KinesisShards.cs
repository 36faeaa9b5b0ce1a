using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Recommendation.Emulators;

/// <summary>
/// Reads a stream of the Kinesis server as Lambda's poller does, and administers it as an operator does.
/// </summary>
public sealed class KinesisShards(Uri server, string stream) : IDisposable
{
    private readonly HttpClient _client = new();

    /// <summary>The shards, each after those that it came from.</summary>
    public async Task<IReadOnlyList<string>> ShardsAsync()
    {
        using var answer = await CallAsync("ListShards", $$"""{"StreamName":"{{stream}}"}""");
        // Ids ascend with their creation, and parents are older.
        return
        [
            .. answer
                .RootElement.GetProperty("Shards")
                .EnumerateArray()
                .Select(shard => shard.GetProperty("ShardId").GetString()!)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>All that a shard holds now.</summary>
    public async Task<IReadOnlyList<StreamedRecord>> ReadAsync(string shard)
    {
        using var start = await CallAsync(
            "GetShardIterator",
            $$"""{"StreamName":"{{stream}}","ShardId":"{{shard}}","ShardIteratorType":"TRIM_HORIZON"}"""
        );
        var records = new List<StreamedRecord>();
        var iterator = start.RootElement.GetProperty("ShardIterator").GetString();
        for (var empty = 0; iterator is not null && empty < 2;)
        {
            using var page = await CallAsync("GetRecords", $$"""{"ShardIterator":"{{iterator}}","Limit":10000}""");
            var before = records.Count;
            records.AddRange(
                page.RootElement.GetProperty("Records").EnumerateArray().Select(record => ToRecord(shard, record))
            );
            empty = records.Count == before ? empty + 1 : 0;
            iterator = page.RootElement.TryGetProperty("NextShardIterator", out var next) ? next.GetString() : null;
        }
        return records;
    }

    public async Task PutAsync(string partitionKey, ReadOnlyMemory<byte> data)
    {
        using var answer = await CallAsync(
            "PutRecord",
            $$"""{"StreamName":"{{stream}}","PartitionKey":"{{partitionKey}}","Data":"{{Convert.ToBase64String(data.Span)}}"}"""
        );
    }

    /// <summary>Splits a shard in the middle of the keys of a stream's only shard.</summary>
    public async Task SplitAsync(string shard)
    {
        using var answer = await CallAsync(
            "SplitShard",
            $$"""{"StreamName":"{{stream}}","ShardToSplit":"{{shard}}","NewStartingHashKey":"170141183460469231731687303715884105728"}"""
        );
        string? status;
        do
        {
            using var described = await CallAsync("DescribeStream", $$"""{"StreamName":"{{stream}}"}""");
            status = described.RootElement.GetProperty("StreamDescription").GetProperty("StreamStatus").GetString();
        }
        while (status is not "ACTIVE");
    }

    public void Dispose() => _client.Dispose();

    private static StreamedRecord ToRecord(string shard, JsonElement record) =>
        new(
            shard,
            record.GetProperty("SequenceNumber").GetString()!,
            record.GetProperty("PartitionKey").GetString()!,
            record.GetProperty("Data").GetBytesFromBase64(),
            DateTimeOffset.FromUnixTimeMilliseconds(
                (long)Math.Round(record.GetProperty("ApproximateArrivalTimestamp").GetDouble() * 1000)
            )
        );

    private async Task<JsonDocument> CallAsync(string operation, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-amz-json-1.1");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"Kinesis_20131202.{operation}");
        request.Headers.TryAddWithoutValidation("X-Amz-Date", "20260314T120000Z");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=a/20260314/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0"
        );
        using var answer = await _client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(text.Length == 0 ? "{}" : text)
            : throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"{operation} answered {(int)answer.StatusCode}: {text}")
            );
    }
}
