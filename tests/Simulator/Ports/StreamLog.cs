using System.Globalization;
using System.Runtime.CompilerServices;
using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;
using Recommendation.Simulator.Actors;

namespace Recommendation.Simulator.Ports;

/// <summary>The log as a stream: shards that can be split, and an archive that follows them.</summary>
internal sealed class StreamLog(World world) : IInteractionLog
{
    private long _last = 1000;

    internal List<Shard> All { get; } = [new("shard-0", null, 0, 256)];

    public Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<Interaction> interactions,
        CancellationToken cancellationToken)
    {
        var outcomes = new List<AppendOutcome>(interactions.Count);
        foreach (var interaction in interactions)
        {
            if (world.IsPartial && world.Random.Next(3) == 0)
                throw new LogUnavailableException("Not all records were put.");
            outcomes.Add(AppendOutcome.Appended(Put(interaction.UserId.Value, EventEncoder.Encode(interaction))));
        }
        return Task.FromResult<IReadOnlyList<AppendOutcome>>(outcomes);
    }

    public async IAsyncEnumerable<Interaction> ReadAsync(Position? after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var shard in All.ToList())
        {
            for (var i = 0; i < shard.Archived; i++)
            {
                foreach (var interaction in shard.Records[i].Accepted.ToList())
                {
                    if (after is not { } place || (place.Partition == shard.Name
                        && interaction.Position.CompareWithin(place) > 0))
                        yield return interaction;
                }
            }
        }
    }

    public Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        var removed = 0L;
        foreach (var shard in All)
        {
            for (var i = 0; i < shard.Archived; i++)
                removed += shard
                    .Records[i]
                    .Accepted.RemoveAll(one => one.UserId == work.User && work.Boundary.Covers(one));
        }
        return Task.FromResult(new ErasedPart(removed));
    }

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Puts a record into the shard of its key.</summary>
    internal Position Put(string key, byte[] data)
    {
        var shard = ShardOf(key);
        var position = new Position(shard.Name, SequenceNumber.From(++_last));
        var arrivedAt = Timestamps.ToMilliseconds(world.Now);
        List<Interaction> accepted = [];
        List<QuarantinedRecord> rejected = [];
        EventDecoder.Decode(data, position, arrivedAt, accepted, rejected);
        shard.Records.Add(new StreamedEvent(position, key, data, arrivedAt, accepted));
        foreach (var interaction in accepted)
            world.Ledger.Accept(interaction, world.Steps);
        foreach (var record in rejected)
            world.Ledger.Reject(record, world.Steps);
        return position;
    }

    /// <summary>Puts a record that is no event.</summary>
    internal Position PutMarker(string key, byte[] data)
    {
        var shard = ShardOf(key);
        var position = new Position(shard.Name, SequenceNumber.From(++_last));
        shard.Records.Add(new StreamedEvent(position, key, data, Timestamps.ToMilliseconds(world.Now), []));
        return position;
    }

    internal void Split(int number)
    {
        var open = All.FindAll(shard => !shard.IsClosed && shard.To - shard.From > 1);
        if (open.Count == 0)
            return;
        var parent = open[number % open.Count];
        var middle = (parent.From + parent.To) / 2;
        parent.IsClosed = true;
        All.Add(new(NextName(), parent, parent.From, middle));
        All.Add(new(NextName(), parent, middle, parent.To));
    }

    /// <summary>Writes what arrived until a time into the archive; null for all there is.</summary>
    internal void Archive(DateTimeOffset? until = null)
    {
        foreach (var shard in All)
        {
            while (shard.Archived < shard.Records.Count
                && (until is null || shard.Records[shard.Archived].ArrivedAt <= until))
                shard.Archived++;
        }
    }

    private Shard ShardOf(string key)
    {
        var place = (int)(Fnv(key) % 256);
        return All.Find(one => !one.IsClosed && one.From <= place && place < one.To)!;
    }

    private string NextName() => string.Create(CultureInfo.InvariantCulture, $"shard-{All.Count}");

    private static uint Fnv(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
            hash = (hash ^ letter) * 16777619u;
        return hash;
    }
}

/// <summary>A shard, and how far it is delivered.</summary>
internal sealed class Shard(string name, Shard? parent, int from, int to)
{
    internal string Name => name;

    internal int From => from;

    internal int To => to;

    internal bool IsClosed { get; set; }

    internal List<StreamedEvent> Records { get; } = [];

    /// <summary>How many records are delivered.</summary>
    internal int Delivered { get; set; }

    /// <summary>How many records are in the archive.</summary>
    internal int Archived { get; set; }

    /// <summary>Whether a delivery waits for its answer.</summary>
    internal bool IsBusy { get; set; }

    /// <summary>Whether the shard that it came from is delivered to its end.</summary>
    internal bool IsReady => parent is null || (parent.Delivered == parent.Records.Count && parent.IsReady);
}

/// <summary>A record of a shard.</summary>
/// <param name="Accepted">Its valid events, as the archive has them.</param>
internal sealed record StreamedEvent(Position Position, string Key, byte[] Data, DateTimeOffset ArrivedAt,
    List<Interaction> Accepted);
