using Amazon.Kinesis.Model;
using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Aws.Archive;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Kinesis;

/// <summary>
/// The log on AWS: appended to the stream under the user's id, which keeps a user's events in one shard and in order;
/// read back from the archive that the stream's reader writes. The stream refuses no event id: copies are told apart
/// when they are applied.
/// </summary>
internal sealed class KinesisInteractionLog(StreamPut stream, InteractionArchive archive) : IInteractionLog
{
    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(
        IReadOnlyList<Interaction> interactions,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var records = interactions.Select(interaction => new PutRecordsRequestEntry
        {
            Data = EventEncoder.Encode(interaction),
            PartitionKey = interaction.UserId.Value,
        }).ToList();
        var positions = await stream.PutAsync(records, cancellationToken);
        return [.. positions.Select(AppendOutcome.Appended)];
    }

    /// <summary>What the archive holds; where a position is given, what it holds of that shard beyond it.</summary>
    public IAsyncEnumerable<Interaction> ReadAsync(Position? after, CancellationToken cancellationToken) =>
        archive.ReadAsync(after, cancellationToken);

    public Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken) =>
        archive.ForgetAsync(work, cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => stream.CheckAsync(cancellationToken);
}
