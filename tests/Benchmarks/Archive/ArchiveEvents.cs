using System.Buffers;
using System.IO.Compression;
using Recommendation.Aws.Archive;
using Recommendation.Domain.Interactions;

namespace Recommendation.Benchmarks.Archive;

/// <summary>
/// Writes an archive as the delivery and the nights' compactions leave it: an object a day and group of users.
/// </summary>
internal static class ArchiveEvents
{
    private const int Items = 50_000;

    /// <param name="bucket">Gets the objects.</param>
    /// <param name="users">How many users there are.</param>
    /// <param name="first">The first day.</param>
    /// <param name="days">How many days.</param>
    /// <param name="eventsOfDay">How many events a day has.</param>
    internal static void Write(StubBucket bucket, int users, DateOnly first, int days, int eventsOfDay) =>
        Parallel.For(0, days, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, day =>
            WriteDay(bucket, users, first.AddDays(day), eventsOfDay));

    private static void WriteDay(StubBucket stub, int users, DateOnly day, int events)
    {
        var random = new Random(day.DayNumber);
        var lines = Enumerable.Range(0, UserBucket.Count).Select(_ => new ArrayBufferWriter<byte>()).ToArray();
        var midnight = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        for (var i = 0; i < events; i++)
        {
            var number = random.Next(users);
            var user = UserId.FromStored($"user-{number:D7}");
            // A tenth of the items has most of the events, and users of a taste share their part.
            var item = ((int)(Math.Pow(random.NextDouble(), 3) * Items / 10) * 10) + (number % 10);
            var at = midnight.AddMilliseconds(86_400_000d * i / events);
            ArchiveLine.Write(
                lines[UserBucket.Of(user)],
                new Interaction
                {
                    EventId = EventId.Parse($"{day.DayNumber}-{i}"),
                    UserId = user,
                    ItemId = ItemId.FromStored($"item-{item:D6}"),
                    Type = random.Next(10) == 0 ? InteractionType.Purchase : InteractionType.View,
                    OccurredAt = at,
                    ArrivedAt = at.AddSeconds(1),
                    Position = new Position(
                        $"shardId-{number % 4:D12}",
                        SequenceNumber.From(((long)day.DayNumber * 1_000_000_000) + i),
                        0
                    ),
                }
            );
        }
        for (var bucket = 0; bucket < lines.Length; bucket++)
            stub.Add(ArchiveKey.PrefixOf(day, bucket) + "joined-0.jsonl.gz", Compress(lines[bucket].WrittenSpan));
    }

    private static byte[] Compress(ReadOnlySpan<byte> lines)
    {
        using var body = new MemoryStream();
        using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(lines);
        return body.ToArray();
    }
}
