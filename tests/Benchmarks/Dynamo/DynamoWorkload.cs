using System.Globalization;
using Recommendation.Domain.Interactions;
using Recommendation.Import;

namespace Recommendation.Benchmarks.Dynamo;

/// <summary>What is applied: interactions at positions of one shard.</summary>
internal static class DynamoWorkload
{
    internal const int BatchSize = 100;

    /// <summary>
    /// The sample's events in the order of the file: the rows of an invoice, and so of a customer, follow each other.
    /// </summary>
    internal static List<Interaction> Sample(string path, int limit)
    {
        using var file = InteractionFile.Open(path);
        var interactions = new List<Interaction>(limit);
        foreach (var row in file.Rows(CancellationToken.None))
        {
            if (row.Kind == ImportRowKind.Event && Place(row.Event, interactions.Count) is { } interaction)
                interactions.Add(interaction);
            if (interactions.Count == limit)
                break;
        }
        return interactions;
    }

    /// <summary>The least favourable order: every event of a batch is another user's.</summary>
    internal static List<Interaction> Distinct(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(n =>
                    Place(
                        new RawInteraction
                        {
                            EventId = string.Create(CultureInfo.InvariantCulture, $"event-{n}"),
                            UserId = string.Create(CultureInfo.InvariantCulture, $"user-{n % 1_000}"),
                            ItemId = string.Create(CultureInfo.InvariantCulture, $"item-{n * 7 % 2_000:00000}"),
                            Timestamp = string.Create(
                                CultureInfo.InvariantCulture,
                                $"{1_290_000_000_000L + (n * 1_000L)}"
                            ),
                        },
                        n
                    )!
                ),
        ];

    /// <summary>Events of one user, each with another item.</summary>
    internal static List<Interaction> OfOneUser(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(n =>
                    Place(
                        new RawInteraction
                        {
                            EventId = string.Create(CultureInfo.InvariantCulture, $"event-{n}"),
                            UserId = "user",
                            ItemId = string.Create(CultureInfo.InvariantCulture, $"item-{n:00000}"),
                            Timestamp = string.Create(
                                CultureInfo.InvariantCulture,
                                $"{1_290_000_000_000L + (n * 1_000L)}"
                            ),
                        },
                        n
                    )!
                ),
        ];

    private static Interaction? Place(in RawInteraction raw, int number) =>
        Interaction
            .Validate(
                raw,
                new DateTimeOffset(2011, 1, 1, 0, 0, 0, TimeSpan.Zero),
                new Position(
                    "shardId-000000000000",
                    SequenceNumber.Parse(
                        $"49590338271490256608559692538361571095921575989{number.ToString("D9", CultureInfo.InvariantCulture)}"
                    )
                )
            )
            .Accepted;
}
