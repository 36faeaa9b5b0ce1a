using Amazon.Kinesis.Model;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Aws.Archive;
using Recommendation.Aws.Kinesis.Records;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Kinesis;

/// <summary>
/// Reads the whole stream once, from its checkpoints to what is in it now: archives the events, applies them into the
/// profiles, and moves the checkpoints. A development stand-in for the deployed functions, which are called by the
/// stream itself.
/// </summary>
public sealed class StreamDrain
{
    private const int ShardsAtOnce = 4;

    private readonly ShardReader _shards;
    private readonly InteractionArchive _archive;
    private readonly IProfileStore _profiles;
    private readonly RecordDecoder _decoder;

    internal StreamDrain(ShardReader shards, InteractionArchive archive, IProfileStore profiles, RecordDecoder decoder)
    {
        _shards = shards;
        _archive = archive;
        _profiles = profiles;
        _decoder = decoder;
    }

    /// <summary>
    /// Reads until every shard has given what it holds. Stopped at any point, it goes on from there the next time.
    /// </summary>
    /// <param name="apply">Applies a batch into the profiles: the use case, as the host sends it.</param>
    /// <param name="progress">Told after each batch what became of the stream so far.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="UnavailableException">The stream, the archive or a profile did not do what was asked; nothing
    /// is lost.</exception>
    public async Task<DrainedStream> UntilEmptyAsync(
        ApplyBatch apply,
        IProgress<DrainedStream>? progress,
        CancellationToken cancellationToken
    )
    {
        var total = new DrainedStream(0, 0, 0, 0, 0);
        var gate = new Lock();
        foreach (var wave in ShardOrder.Waves(await _shards.ShardsAsync(cancellationToken)))
        {
            var options = new ParallelOptions
            {
                MaxDegreeOfParallelism = ShardsAtOnce,
                CancellationToken = cancellationToken,
            };
            await Parallel.ForEachAsync(
                wave,
                options,
                (shard, cancellation) => new ValueTask(DrainAsync(shard.ShardId, apply, Add, cancellation))
            );
        }
        return total;

        void Add(DrainedStream batch)
        {
            lock (gate)
            {
                total += batch;
                progress?.Report(total);
            }
        }
    }

    private async Task DrainAsync(
        string shard,
        ApplyBatch apply,
        Action<DrainedStream> add,
        CancellationToken cancellationToken
    )
    {
        var checkpoint = await _profiles.CheckpointAsync(shard, cancellationToken);
        await foreach (var records in _shards.ReadAsync(shard, checkpoint?.Sequence, cancellationToken))
        {
            var read = 0;
            foreach (var chunk in _decoder.DecodeChunks(records.Select(record => ToStreamRecord(shard, record))))
            {
                add(await ApplyAsync(shard, records, read, chunk, apply, cancellationToken));
                read = chunk.End;
            }
        }
    }

    private async Task<DrainedStream> ApplyAsync(
        string shard,
        IReadOnlyList<Record> records,
        int before,
        DecodedRecords chunk,
        ApplyBatch apply,
        CancellationToken cancellationToken
    )
    {
        // The archive first: a profile must never hold what a rebuild could not find.
        await _archive.WriteAsync(chunk.Accepted, cancellationToken);

        var checkpoint = new Position(shard, SequenceNumber.Parse(records[chunk.End - 1].SequenceNumber));
        var updated = await apply(new UpdateProfiles(chunk.Accepted, chunk.Rejected, checkpoint), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (updated.Failed.Count > 0)
            throw new StoreUnavailableException(
                $"{updated.Failed.Count} events of {shard} are not in the profiles yet: {updated.FirstError} They "
                    + "are read again the next time."
            );
        return new DrainedStream(
            chunk.End - before,
            updated.Counted,
            updated.Redelivered + updated.Repeated + updated.Erased,
            updated.Quarantined,
            updated.ProfilesWritten
        );
    }

    private static StreamRecord ToStreamRecord(string shard, Record record) =>
        new(
            record.Data,
            record.PartitionKey,
            new Position(shard, SequenceNumber.Parse(record.SequenceNumber)),
            ArrivalOf(record)
        );

    private static DateTimeOffset ArrivalOf(Record record) => record.ApproximateArrivalTimestamp is { } arrival
        ? new DateTimeOffset(arrival, TimeSpan.Zero)
        : throw new LogUnavailableException($"The stream does not say when record {record.SequenceNumber} arrived.");
}

/// <summary>Sends a batch to its use case.</summary>
public delegate Task<UpdatedProfiles> ApplyBatch(UpdateProfiles batch, CancellationToken cancellationToken);

/// <summary>What was read of a stream.</summary>
/// <param name="Records">Records of the stream.</param>
/// <param name="Counted">Events counted for the first time.</param>
/// <param name="Dropped">Copies, events of users erased since, and events whose save was done
/// but its answer lost.</param>
/// <param name="Quarantined">Records and events that are none.</param>
/// <param name="ProfilesWritten">Profiles saved.</param>
public sealed record DrainedStream(long Records, long Counted, long Dropped, long Quarantined, long ProfilesWritten)
{
    public static DrainedStream operator +(DrainedStream left, DrainedStream right) => new(
        left.Records + right.Records, left.Counted + right.Counted, left.Dropped + right.Dropped,
        left.Quarantined + right.Quarantined, left.ProfilesWritten + right.ProfilesWritten);

    public static DrainedStream Add(DrainedStream left, DrainedStream right) => left + right;
}
