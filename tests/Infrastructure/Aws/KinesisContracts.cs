using System.Collections.Concurrent;
using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Aws.Kinesis;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Aws.Tests;

public sealed class KinesisInteractionLogTests : InteractionLogContract
{
    protected override bool RefusesKnownEventIds => false;

    protected override async Task<IInteractionLog> CreateAsync() =>
        new ArchivingLog(Own(await AwsFixture.WithAllAsync()));

    /// <summary>
    /// What reads the stream and archives it runs elsewhere, and later; here it runs before everything that looks at
    /// the archive. The stream stamps arrivals with its own clock; the times that a test gave are put back.
    /// </summary>
    private sealed class ArchivingLog(AwsFixture fixture) : IInteractionLog
    {
        private readonly ConcurrentDictionary<Position, DateTimeOffset> _arrivals = new();
        private readonly Dictionary<string, SequenceNumber> _archived = new(StringComparer.Ordinal);

        public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(
            IReadOnlyList<Interaction> interactions,
            CancellationToken cancellationToken
        )
        {
            var outcomes = await fixture.Log.AppendAsync(interactions, cancellationToken);
            for (var i = 0; i < outcomes.Count; i++)
                _arrivals[outcomes[i].Position] = interactions[i].ArrivedAt;
            return outcomes;
        }

        public async IAsyncEnumerable<Interaction> ReadAsync(
            Position? after,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
        )
        {
            await ArchiveAsync(cancellationToken);
            await foreach (var interaction in fixture.Log.ReadAsync(after, cancellationToken))
                yield return interaction;
        }

        public async Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken)
        {
            await ArchiveAsync(cancellationToken);
            return await fixture.Log.ForgetAsync(work, cancellationToken);
        }

        public Task CheckAsync(CancellationToken cancellationToken) => fixture.Log.CheckAsync(cancellationToken);

        private async Task ArchiveAsync(CancellationToken cancellationToken)
        {
            var reader = new ShardReader(fixture.Kinesis, fixture.Options, fixture.Backoff);
            foreach (var shard in await reader.ShardsAsync(cancellationToken))
            {
                SequenceNumber? after = _archived.TryGetValue(shard.ShardId, out var sequence) ? sequence : null;
                await foreach (var records in reader.ReadAsync(shard.ShardId, after, cancellationToken))
                {
                    await fixture.Archive.WriteAsync(Decode(shard.ShardId, records), cancellationToken);
                    _archived[shard.ShardId] = SequenceNumber.Parse(records[^1].SequenceNumber);
                }
            }
        }

        private List<Interaction> Decode(string shard, IReadOnlyList<Amazon.Kinesis.Model.Record> records)
        {
            var accepted = new List<Interaction>();
            var rejected = new List<QuarantinedRecord>();
            foreach (var record in records)
            {
                var position = new Position(shard, SequenceNumber.Parse(record.SequenceNumber));
                EventDecoder.Decode(record.Data, position, _arrivals[position], accepted, rejected);
            }
            Assert.Empty(rejected);
            return accepted;
        }
    }
}
