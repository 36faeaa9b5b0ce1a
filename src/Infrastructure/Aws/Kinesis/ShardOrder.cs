using Amazon.Kinesis.Model;

namespace Recommendation.Aws.Kinesis;

/// <summary>
/// The order in which shards may be read: what a shard was split from or merged of comes before it, since a user's
/// earlier events are there.
/// </summary>
internal static class ShardOrder
{
    /// <returns>Waves: the shards of one can be read side by side once those of the waves before are
    /// read to their end.</returns>
    internal static IReadOnlyList<IReadOnlyList<Shard>> Waves(IReadOnlyList<Shard> shards)
    {
        var waves = new List<IReadOnlyList<Shard>>();
        var left = shards.ToDictionary(shard => shard.ShardId, StringComparer.Ordinal);
        while (left.Count > 0)
        {
            // A parent that is past the retention is not listed any more and need not be waited for.
            var wave = left.Values.Where(shard => !Waits(shard.ParentShardId) && !Waits(shard.AdjacentParentShardId))
                .OrderBy(shard => shard.ShardId, StringComparer.Ordinal).ToList();
            if (wave.Count == 0)
                throw new InvalidOperationException("The stream's shards descend from each other in a circle.");
            foreach (var shard in wave)
                left.Remove(shard.ShardId);
            waves.Add(wave);
        }
        return waves;

        bool Waits(string? parent) => parent is not null && left.ContainsKey(parent);
    }
}
