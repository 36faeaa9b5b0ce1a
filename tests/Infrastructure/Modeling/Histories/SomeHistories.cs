using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Histories;
using Recommendation.Modeling.RowBlocks;

namespace Recommendation.Modeling.Tests.Histories;

/// <summary>History files in memory, and random interactions to put into them.</summary>
internal static class SomeHistories
{
    private static readonly string[] s_types =
        ["view", "purchase", "dislike", "refund", "add-to-cart", "remove-from-cart", "unnamed"];

    /// <summary>What the log can hold: ties, values, cancellations, ids that share beginnings or nothing.</summary>
    public static List<Interaction> Random(int seed, int count = 400, int users = 30, int items = 40)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(_ => Some.Interaction(
                random.Next(3) == 0 ? $"ü{random.Next(users)}" : $"user-{random.Next(users)}",
                random.Next(5) == 0 ? $"日本{random.Next(items)}" : $"item-{random.Next(items)}",
                s_types[random.Next(s_types.Length)],
                Some.Noon.AddMilliseconds(-random.Next(50) * (seed % 2 == 0 ? 86_400_000L : 12_345)),
                random.Next(3) switch { 0 => null, 1 => random.Next(9), _ => (random.NextDouble() - 0.5) * 1e3 })),
        ];
    }

    public static async Task<byte[]> Write(IEnumerable<Interaction> interactions, int bufferEvents = 1_000_000)
    {
        using var output = new MemoryStream();
        await HistoryFileWriter.WriteAsync(
            Some.Stream(interactions), output, temporaryFolder: null, bufferEvents, progress: null,
            CancellationToken.None);
        return output.ToArray();
    }

    public static HistoryFileReader Read(byte[] file, string name = "some.hist") => new(new MemoryStream(file), name);

    public static HistorySource Source(
        byte[] file, EventTypeSettings? types = null, DateTimeOffset? asOf = null) =>
        HistorySource.Open(
            Read(file), types ?? EventTypeSettings.Default, asOf ?? Some.Noon.AddYears(1), CancellationToken.None);

    /// <summary>Reads everything, which checks every byte.</summary>
    public static int CountUsers(byte[] file, string name)
    {
        using var reader = Read(file, name);
        return reader.Blocks(CancellationToken.None).Sum(block => block.Users);
    }
}
