using Amazon.Kinesis.Model;
using Recommendation.Application.Ports;
using Recommendation.Aws.Kinesis.Records;
using Recommendation.Domain.Erasures;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Aws.Kinesis;

/// <summary>
/// Appends the records of erasures to the stream, and reads back when they arrived: no host's clock
/// decides what is erased.
/// </summary>
internal sealed class StreamErasures(StreamPut stream, ShardReader shards)
{
    /// <exception cref="LogUnavailableException">The stream did not take the record, or did not give it
    /// back.</exception>
    internal async Task<ErasureBoundary> AppendAsync(ErasureId id, UserId user, CancellationToken cancellationToken)
    {
        var record = new PutRecordsRequestEntry { Data = ErasureMarker.Of(id), PartitionKey = user.Value };
        var position = (await stream.PutAsync([record], cancellationToken))[0];
        return ErasureBoundary.At(position, await shards.ArrivalAsync(position, cancellationToken));
    }
}
