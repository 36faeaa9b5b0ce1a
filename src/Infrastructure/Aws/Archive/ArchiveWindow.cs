using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Archive;

/// <summary>
/// Puts what comes in any order within a day and the next one into the order of each shard, and each event once. What a
/// profile has a mark for must not come after it: it would be taken for a copy.
/// </summary>
/// <param name="after">Only what is beyond this in its shard is wanted; null for all of all shards.</param>
internal sealed class ArchiveWindow(Position? after)
{
    private readonly SortedDictionary<string, List<Interaction>> _shards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Position> _taken = new(StringComparer.Ordinal);

    internal void Add(Interaction interaction)
    {
        var position = interaction.Position;
        if (
            after is { } start
            && (
                !string.Equals(position.Partition, start.Partition, StringComparison.Ordinal)
                || position.CompareWithin(start) <= 0
            )
        )
            return;
        // A copy of what was given already: an object that was delivered twice, days apart.
        if (_taken.TryGetValue(position.Partition, out var taken) && position.CompareWithin(taken) <= 0)
            return;
        if (!_shards.TryGetValue(position.Partition, out var shard))
            _shards.Add(position.Partition, shard = []);
        shard.Add(interaction);
    }

    /// <summary>
    /// Each shard up to its last event that arrived before a day. Arrival times of neighbours may be off by some
    /// milliseconds around midnight; sequence numbers are not, so what lies before such an event goes with it.
    /// </summary>
    internal IEnumerable<Interaction> TakeArrivedBefore(DateOnly day)
    {
        var midnight = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        return Take(shard => shard.FindLastIndex(interaction => interaction.ArrivedAt < midnight) + 1);
    }

    internal IEnumerable<Interaction> TakeAll() => Take(shard => shard.Count);

    private List<Interaction> Take(Func<List<Interaction>, int> countOf)
    {
        var all = new List<Interaction>();
        foreach (var (partition, shard) in _shards)
        {
            shard.Sort((a, b) => a.Position.CompareWithin(b.Position));
            var count = countOf(shard);
            for (var i = 0; i < count; i++)
            {
                if (i == 0 || shard[i].Position.CompareWithin(shard[i - 1].Position) != 0)
                    all.Add(shard[i]);
            }
            if (count > 0)
                _taken[partition] = shard[count - 1].Position;
            shard.RemoveRange(0, count);
        }
        return all;
    }
}
