using FsCheck;
using FsCheck.Fluent;
using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Tests.Profiles;

/// <summary>
/// A log and a way in which it was delivered: at least once, in order within a partition, in runs of any size, in any
/// interleaving. A consumer that dies between saving and answering, or is told to start over, goes back to an earlier
/// place and reads on from there.
/// </summary>
internal sealed record Delivery(Interaction[][] Partitions, Interaction[][] Runs)
{
    internal IEnumerable<Interaction> Log => Partitions.SelectMany(partition => partition);

    public override string ToString() =>
        $"log: {string.Join(" | ", Partitions.Select(Line))}\nruns: {string.Join("\n      ", Runs.Select(Line))}";

    private static string Line(Interaction[] run) =>
        string.Join(' ', run.Select(one =>
            $"{one.Position.Partition}:{one.Position.Sequence.Value[^6..]}:{one.Position.Index}"
            + $"/{one.EventId?.Value ?? "-"}/{one.ItemId}/{one.Type}/{one.OccurredAt:mm:ss}"));

    /// <summary>
    /// Any deliveries of a log: the partitions take turns by chance, and each turn may go back before it reads.
    /// </summary>
    internal static Gen<Delivery> Of(Gen<Interaction[][]> logs) =>
        from partitions in logs
        from seed in Gen.Choose(0, int.MaxValue)
        select new Delivery(partitions, [.. Deliver(partitions, new Random(seed))]);

    private static IEnumerable<Interaction[]> Deliver(Interaction[][] partitions, Random random)
    {
        var next = new int[partitions.Length];
        for (var turn = 0; turn < 400; turn++)
        {
            var open = Enumerable.Range(0, partitions.Length).Where(p => next[p] < partitions[p].Length).ToArray();
            if (open.Length == 0)
                break;
            if (random.Next(8) == 0)
                yield return Together(partitions, next, random);
            else
                yield return Run(partitions, next, open[random.Next(open.Length)], random);
            if (random.Next(3) == 0)
                GoBack(next, random);
        }
        // What is left, and everything once more.
        for (var p = 0; p < partitions.Length; p++)
            yield return partitions[p][next[p]..];
        yield return [.. partitions.SelectMany(partition => partition)];
    }

    private static Interaction[] Run(Interaction[][] partitions, int[] next, int partition, Random random)
    {
        var from = next[partition];
        next[partition] = Math.Min(partitions[partition].Length, from + random.Next(1, random.Next(2, 30)));
        return partitions[partition][from..next[partition]];
    }

    /// <summary>One call over several partitions, shuffled, with copies within.</summary>
    private static Interaction[] Together(Interaction[][] partitions, int[] next, Random random)
    {
        var call = Enumerable.Range(0, partitions.Length).SelectMany(p => Run(partitions, next, p, random)).ToArray();
        call = [.. call, .. call.Where(_ => random.Next(5) == 0)];
        random.Shuffle(call);
        return call;
    }

    private static void GoBack(int[] next, Random random)
    {
        var partition = random.Next(next.Length);
        next[partition] = random.Next(next[partition] + 1);
    }
}
