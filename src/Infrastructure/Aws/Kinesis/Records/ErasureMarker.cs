using System.Text;
using Recommendation.Domain.Erasures;

namespace Recommendation.Aws.Kinesis.Records;

/// <summary>
/// The record of an erasure in the stream: it has a position and an arrival, and no content. Its partition key is the
/// user's id, so it is in the shard of the user's events. Readers of the stream pass over it.
/// </summary>
internal static class ErasureMarker
{
    private static ReadOnlySpan<byte> Start => "{\"recommendationControl\":\"erasure\","u8;

    internal static byte[] Of(ErasureId id) => [.. Start, .. Encoding.ASCII.GetBytes($"\"erasureId\":\"{id}\"}}")];

    internal static bool IsOne(ReadOnlySpan<byte> data) => data.StartsWith(Start);
}
