using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.StreamProcessor.Tests.Given;

/// <summary>Appends to a shard, as the log on AWS appends to the stream.</summary>
internal sealed class ShardLog(Shard shard, DateTimeOffset now) : IInteractionLog
{
    public Task<IReadOnlyList<AppendOutcome>> AppendAsync(
        IReadOnlyList<Interaction> interactions,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyList<AppendOutcome>>([
            .. interactions.Select(interaction =>
                AppendOutcome.Appended(
                    Shard.PositionOf(shard.Put(EventEncoder.Encode(interaction), interaction.UserId.Value, now))
                )
            ),
        ]);

    public IAsyncEnumerable<Interaction> ReadAsync(Position? after, CancellationToken cancellationToken) =>
        shard.Interactions.ToAsyncEnumerable();

    public Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken) =>
        Task.FromResult(new ErasedPart(0));

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
