using System.IO.Compression;
using System.Security.Cryptography;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Interactions;
using Recommendation.Application.Models;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;
using Recommendation.Local;
using Recommendation.Local.Sqlite;

namespace Recommendation.Simulator.Fuzzing;

/// <summary>Valid input of every decoder.</summary>
internal static class FuzzCorpus
{
    internal static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    internal static readonly UserId User = UserId.Parse("u1");
    internal static readonly Position Place = new("shard-0", SequenceNumber.From(7));

    internal static IReadOnlyList<byte[]> Events { get; } =
    [
        "{\"userId\":\"u1\",\"itemId\":\"i1\"}"u8.ToArray(),
        "{\"eventId\":\"e1\",\"userId\":\"ü\\u00e9\",\"itemId\":17,\"type\":\"purchase\",\"timestamp\":\"2026-02-28T23:59:59.5+01:00\",\"value\":-1.5e3}"u8.ToArray(),
        "[{\"userId\":\"a\",\"itemId\":\"b\",\"timestamp\":1772000000000},{\"userId\":\"\",\"itemId\":null,\"more\":{\"x\":[1,2,{}]}},7]"u8.ToArray(),
    ];

    /// <summary>The message of an aggregated record, without its mark and checksum.</summary>
    internal static IReadOnlyList<byte[]> Aggregates { get; } = [Aggregate([.. Events]), Aggregate(Events[0])];

    internal static IReadOnlyList<byte[]> Records { get; } =
        [.. Events, .. Events.Select(Packed), .. Aggregates.Select(Sealed),
            Sealed(Aggregate(Packed(Events[1]), Events[0]))];

    internal static IReadOnlyList<byte[]> InteractionFiles { get; } =
    [
        [
            .. "userId,itemId,interactionType,timestamp,value\nu1,i1,view,2026-02-01T10:00:00Z,\n"u8,
            .. "u2,\"i,2\",purchase,2026-02-01 11:00,2.5\n"u8,
        ],
        "user_id;item_id;rating;unix\r\n1;2;4.5;1700000000\r\n3;4;\"5\";1700000001\r\n"u8.ToArray(),
        "{\"userId\":\"u1\",\"itemId\":\"i1\"}\n{\"userId\":\"u2\",\"itemId\":\"i2\",\"eventId\":\"e\"}\n"u8.ToArray(),
        "[{\"user\":\"a\",\"product_id\":[\"b\",\"c\"],\"ts\":\"2026-01-02\"}]"u8.ToArray(),
        [
            .. "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"u8,
            .. "5,a,B,6,12/13/2010 8:26,2.55,17850,UK\n"u8,
        ],
    ];

    internal static IReadOnlyList<byte[]> ItemFiles { get; } =
    [
        "itemId,title,categories,available\ni1,One,a|b,true\ni2,\"Two \"\"2\"\"\",,no\n"u8.ToArray(),
        "{\"itemId\":\"i1\",\"title\":\"One\",\"categories\":[\"a\"],\"available\":false}\n{\"itemId\":2}\n"u8.ToArray(),
    ];

    internal static IReadOnlyList<byte[]> Settings { get; } =
    [
        "{\"events\":{\"types\":{\"view\":{\"weight\":2},\"watch\":{\"weight\":1,\"hides\":true,\"value\":{\"positiveFrom\":3.5},\"aliases\":[\"seen\"]}}},\"profiles\":{}}"u8.ToArray(),
        "{}"u8.ToArray(),
    ];

    internal static IReadOnlyList<byte[]> Pending { get; } = [Full(3).Pending.Bytes.ToArray(), Full(40)
        .Pending.Bytes.ToArray()];

    internal static IReadOnlyList<byte[]> Histories { get; } =
        [.. new[] { 1, 5, 60 }.Select(count => HistoryCodec.Write(StoredHistory.Empty.With(Full(count).Pending)))];

    internal static IReadOnlyList<byte[]> Profiles { get; } = [.. new[] { 1, 4, 60 }.Select(count =>
        Blob(blob => ProfileCodec.Write(blob, Full(count))))];

    internal static IReadOnlyList<byte[]> Lists { get; } =
    [
        Blob(blob => ListCodec.Write(blob, new RecommendationList
        {
            UserId = User,
            Items = RankedItems.From(Enumerable.Range(0, 9).Select(i =>
                new RankedItem(Item(i), Score.Of(0.5 / (i + 1)), [Item(i + 20)])), 9),
            Source = ListSource.Batch,
            UpdatedAt = Noon,
            ModelVersion = ModelVersion.Parse("m1"),
            ProfileVersion = 3,
        })),
    ];

    internal static IReadOnlyList<byte[]> Cursors { get; } =
        [.. new[] { "", Cursor(0), Cursor(3) }.Select(System.Text.Encoding.UTF8.GetBytes)];

    internal static IReadOnlyList<byte[]> Receipts { get; } =
    [
        (
            "{\"receipt\":{\"version\":2,\"keyId\":\"00\",\"userId\":\"u\",\"erasedAt\":\"2026-01-01T00:00:00.000Z\",\"issuedAt\":\"2026-01-01T00:00:00.000Z\","
            + "\"removed\":{\"profile\":true,\"list\":true,\"interactionsCounted\":1,\"interactionsInLog\":1,\"quarantinedRecords\":0},\"found\":true},"
            + "\"algorithm\":\"ES256\",\"signature\":\"AA\"}").Select(letter => (byte)letter).ToArray(),
    ];

    internal static IReadOnlyList<byte[]> Positions { get; } =
    ["shard-0:49590338271490256608559692538361571095921575989136588898:3"u8.ToArray()];

    internal static IReadOnlyList<byte[]> Artefacts { get; } = [TrainAsync().GetAwaiter().GetResult()];

    internal static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    internal static byte[] Unpacked(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        gzip.CopyTo(unpacked);
        return unpacked.ToArray();
    }

#pragma warning disable CA5351 // The format's checksum.
    internal static byte[] Sealed(byte[] message) => [0xF3, 0x89, 0x9A, 0xC2, .. message, .. MD5.HashData(message)];
#pragma warning restore CA5351

    /// <summary>A protocol buffer of keys and user records; every length is below 16,384.</summary>
    private static byte[] Aggregate(params byte[][] records)
    {
        List<byte> message = [0x0A, 1, (byte)'k'];
        foreach (var record in records)
        {
            byte[] user = [0x08, 0, 0x1A, .. Varint(record.Length), .. record];
            message.AddRange([0x1A, .. Varint(user.Length), .. user]);
        }
        return [.. message];
    }

    private static byte[] Varint(int number) => number < 0x80 ? [(byte)number]
        : [(byte)(number | 0x80), (byte)(number >> 7)];

    private static byte[] Blob(Action<BlobWriter> write)
    {
        var blob = new BlobWriter();
        write(blob);
        return blob.Written.ToArray();
    }

    private static ItemId Item(int number) => ItemId.Parse($"item-{number}");

    private static string Cursor(int shown) => SeenItemsCursor.After(null, new ShownList(
        User, ListSource.Batch, null, Noon, [.. Enumerable.Range(0, shown)
            .Select(i => new ShownItem(Item(i), null, Score.Of(1), []))])).ToString();

    /// <summary>A profile with all parts, whose oldest interactions are pending.</summary>
    private static UserProfile Full(int count) => UserProfile.New(User).Apply(
        [.. Enumerable.Range(0, count + 2).Select(i => new Interaction
        {
            EventId = EventId.Parse($"e{i}"),
            UserId = User,
            ItemId = Item(i % 7),
            Type = InteractionType.Parse(i % 3 == 0 ? "own-type" : "view"),
            OccurredAt = Noon.AddMinutes(-i * 7),
            Value = i % 2 == 0 ? i * 0.5 : null,
            ArrivedAt = Noon,
            Position = new Position("local", SequenceNumber.From(i + 1)),
        })],
        new ProfilePolicy { RecentLimit = 2 }).Profile;

    private static async Task<byte[]> TrainAsync()
    {
        var services = new ServiceCollection();
        services.AddRecommendation().UseInMemory();
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var events = Enumerable
            .Range(0, 240)
            .Select(i => new IncomingEvent
            {
                Event = new()
                {
                    EventId = $"e{i}",
                    UserId = $"u{i % 20}",
                    ItemId = $"i{i * 7 % 11}",
                    Timestamp = $"{Noon.AddMinutes(-i):yyyy-MM-ddTHH:mm:ssZ}",
                },
                Source = new Position("fuzz", SequenceNumber.From(i)),
            });
        await mediator.Send(new AppendInteractions([.. events]));
        var trained = await mediator.Send(new TrainModel());
        await using var artefact = await mediator.Send(new OpenModel(trained.Model.Version));
        using var bytes = new MemoryStream();
        await artefact.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
