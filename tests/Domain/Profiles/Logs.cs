using FsCheck;
using FsCheck.Fluent;
using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Tests.Profiles;

/// <summary>
/// Logs of one user's interactions, with what is hard: ties in time, equal ids, no ids, many events in a record.
/// </summary>
internal static class Logs
{
    private static readonly string[] s_types = ["view", "click", "purchase", "dislike", "share", "listen"];

    /// <summary>
    /// 1–6 partitions; at most 64 distinct ids, each sent up to many times and anywhere, and any number of events
    /// without one.
    /// </summary>
    internal static Gen<Interaction[][]> WithCopiesOf64Ids { get; } =
        From(Gen.Choose(1, 6), (random, _) => random.Next(3) == 0 ? null : $"{random.Next(64)}");

    /// <summary>1–6 partitions; any number of ids, none sent twice.</summary>
    internal static Gen<Interaction[][]> WithoutCopies { get; } =
        From(Gen.Choose(1, 6), (random, n) => random.Next(5) == 0 ? null : $"{n}");

    /// <summary>One partition; any number of ids, each copy within the 64 ids before it.</summary>
    internal static Gen<Interaction[][]> WithNearCopies { get; } =
        From(Gen.Constant(1), (random, n) => $"{Math.Max(0, n - (random.Next(2) * random.Next(60)))}");

    /// <summary>The same with up to 480 items, and values whose sums are exact.</summary>
    internal static Gen<Interaction[][]> WithManyItems(Gen<Interaction[][]> logs) =>
        from log in logs
        select log.Select(partition => partition.Select(WithManyItems).ToArray()).ToArray();

    private static Interaction WithManyItems(Interaction one)
    {
        // By the id, since copies of a producer are of one event.
        var chance = StableHash.Of(one.EventId?.Value ?? one.Position.ToString());
        return one with
        {
            ItemId = ItemId.Parse($"{one.ItemId}-{chance % 40}"),
            Value = chance % 3 == 0 ? (chance % 16 / 4.0) - 1 : null,
        };
    }

    private static Gen<Interaction[][]> From(Gen<int> partitions, Func<Random, int, string?> idOf) =>
        from count in partitions
        from longest in Gen.Elements(6, 30, 120)
        from lengths in Gen.Choose(0, longest).ArrayOf(count)
        from spread in Gen.Elements(1, 5, 60, 86_400)
        from seed in Gen.Choose(0, int.MaxValue)
        select Write(lengths, spread, new Random(seed), idOf);

    private static Interaction[][] Write(int[] lengths, int spread, Random random, Func<Random, int, string?> idOf)
    {
        var n = 0;
        return [.. lengths.Select((length, p) => Partition($"shard-{p}", length).ToArray())];

        IEnumerable<Interaction> Partition(string name, int length)
        {
            var (sequence, index) = (random.Next(95, 999_999), 0);
            for (var i = 0; i < length; i++, n++)
            {
                (sequence, index) = random.Next(3) == 0 ? (sequence, index + 1) : (sequence + random.Next(1, 9), 0);
                yield return Event(idOf(random, n), random.Next(), spread) with
                {
                    Position = new Position(
                        name,
                        SequenceNumber.Parse($"49590338271490256608559692538361571095921575{sequence}"),
                        index
                    ),
                    ArrivedAt = Some.Noon.AddSeconds(n),
                };
            }
        }
    }

    /// <summary>The same id always names the same event, as a producer's copies do.</summary>
    private static Interaction Event(string? id, int chance, int spread)
    {
        var random = new Random(id is null ? chance : id.Sum(c => c * 31) + (spread * 7919) + id.Length);
        return Some.Interaction(
            0,
            $"i{random.Next(12)}",
            s_types[random.Next(s_types.Length)],
            id is null ? null : $"e{id}",
            Some.Noon.AddSeconds(-random.Next(spread))
        );
    }
}
