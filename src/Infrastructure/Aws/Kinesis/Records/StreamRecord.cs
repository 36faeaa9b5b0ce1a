using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Kinesis.Records;

/// <summary>A record as the stream gives it.</summary>
/// <param name="Data">Events in JSON; packed with gzip or aggregated by a producer library, or neither.</param>
/// <param name="PartitionKey">What the producer keyed it by.</param>
/// <param name="Position">Its shard and sequence number; the index is that of its first event.</param>
/// <param name="ArrivedAt">When the stream took it, to the millisecond.</param>
public readonly record struct StreamRecord(
    ReadOnlyMemory<byte> Data,
    string PartitionKey,
    Position Position,
    DateTimeOffset ArrivedAt
);
