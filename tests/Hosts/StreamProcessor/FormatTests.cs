using System.IO.Compression;
using System.Text;
using Recommendation.Aws.Kinesis.Records;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;
using Recommendation.StreamProcessor.Tests.Given;

namespace Recommendation.StreamProcessor.Tests;

/// <summary>
/// What a record may be: an event, an array, packed, aggregated; and what happens to what is none of these.
/// </summary>
public sealed class FormatTests
{
    [Fact]
    public void A_packed_record_is_unpacked()
    {
        var (accepted, rejected) = Decode(Packed($"[{Shard.Event("ann", "i1")},{Shard.Event("bob", "i2")}]"));

        Assert.Equal(["i1", "i2"], accepted.Select(one => one.ItemId.Value));
        Assert.Equal([0, 1], accepted.Select(one => one.Position.Index));
        Assert.Empty(rejected);
    }

    [Fact]
    public void The_user_records_of_an_aggregated_record_are_read_in_their_order_each_with_places_of_its_own()
    {
        var (accepted, rejected) = Decode(
            Aggregated.Of([
                ("ann", Encoding.UTF8.GetBytes(Shard.Event("ann", "i1"))),
                ("bob", Packed($"[{Shard.Event("bob", "i2")},{Shard.Event("bob", "i3")}]")),
                ("ann", Encoding.UTF8.GetBytes(Shard.Event("ann", "i4"))),
            ])
        );

        Assert.Equal(["i1", "i2", "i3", "i4"], accepted.Select(one => one.ItemId.Value));
        Assert.Equal(
            [0, RecordDecoder.IndexOf(1), RecordDecoder.IndexOf(1) + 1, RecordDecoder.IndexOf(2)],
            accepted.Select(one => one.Position.Index)
        );
        Assert.Empty(rejected);
    }

    [Fact]
    public void A_bad_user_record_is_rejected_alone()
    {
        var (accepted, rejected) = Decode(
            Aggregated.Of(("ann", Shard.Event("ann", "i1")), ("ann", "oops"), ("ann", Shard.Event("ann", "i2")))
        );

        Assert.Equal(2, accepted.Count);
        var record = Assert.Single(rejected);
        Assert.Equal(
            (RecordDecoder.IndexOf(1), "oops"),
            (record.Position.Index, Encoding.UTF8.GetString(record.Raw.Span))
        );
    }

    [Fact]
    public void An_aggregated_record_with_a_wrong_checksum_or_a_broken_message_is_rejected_whole()
    {
        var damaged = Aggregated.Of(("ann", Shard.Event("ann", "i1")));
        damaged[10] ^= 1;

        Assert.Contains("checksum", ReasonOf(damaged), StringComparison.Ordinal);
        Assert.Contains("checksum", ReasonOf([0xF3, 0x89, 0x9A, 0xC2]), StringComparison.Ordinal);
        Assert.Contains("broken", ReasonOf(Aggregated.Sealed([0x1A, 0x7F, 0x08])), StringComparison.Ordinal);
        // A user record of the third partition key, of which there is none.
        Assert.Contains(
            "broken",
            ReasonOf(Aggregated.Sealed([0x0A, 1, (byte)'a', 0x1A, 5, 0x08, 2, 0x1A, 1, (byte)'x'])),
            StringComparison.Ordinal
        );
        // A length of more than there is, as large as a number can be.
        Assert.Contains(
            "broken",
            ReasonOf(Aggregated.Sealed([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01])),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_aggregated_record_without_user_records_gives_nothing()
    {
        var (accepted, rejected) = Decode(Aggregated.Sealed([]));
        Assert.Empty(accepted);
        Assert.Empty(rejected);
    }

    [Fact]
    public void Gzip_that_breaks_off_or_is_none_is_rejected()
    {
        Assert.Contains("gzip", ReasonOf([0x1F, 0x8B, 1, 2, 3]), StringComparison.Ordinal);
        Assert.Equal(
            RejectionCode.Malformed,
            Assert.Single(Decode(Packed(Shard.Event("ann", "i1"))[..^12]).Rejected).Rejection.Code
        );
    }

    [Fact]
    public void What_unpacks_to_too_much_is_rejected_before_it_takes_the_memory()
    {
        var bomb = Packed(new string(' ', 64 * 1024 * 1024));
        Assert.True(bomb.Length < 1024 * 1024);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var rejected = Assert.Single(Decode(bomb).Rejected);

        Assert.Equal(RejectionCode.TooLarge, rejected.Rejection.Code);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 32 * 1024 * 1024);
    }

    [Fact]
    public void More_events_than_a_record_has_places_for_are_rejected()
    {
        var events = string.Join(
            ',',
            Enumerable.Repeat("""{"userId":"a","itemId":"b"}""", RecordDecoder.MaximumEvents)
        );

        Assert.Equal(RecordDecoder.MaximumEvents, Decode(Encoding.UTF8.GetBytes($"[{events}]")).Accepted.Count);
        Assert.Equal(RejectionCode.TooLarge, Assert.Single(Decode(Packed($"[{events},{{}}]")).Rejected).Rejection.Code);
    }

    [Fact]
    public void Whatever_the_bytes_are_nothing_is_thrown_and_nothing_vanishes()
    {
        var random = new Random(20260701);
        byte[][] seeds =
        [
            Aggregated.Of(("ann", Shard.Event("ann", "i1")), ("bob", Shard.Event("bob", "i2"))),
            Packed(Shard.Event("ann", "i1")),
        ];
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = seeds[round % 2].ToArray();
            // Beyond the mark, so that the reader of the format is reached; sealed anew, so that its checksum is right.
            for (var change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(4, bytes.Length - 16)] = (byte)random.Next(256);
            var record = round % 2 == 0 ? Aggregated.Sealed(bytes.AsSpan(4, bytes.Length - 20)) : bytes;
            var (accepted, rejected) = Decode(record);
            Assert.True(accepted.Count + rejected.Count > 0 || round % 2 == 0);
        }
    }

    private static string ReasonOf(byte[] data) => Assert.Single(Decode(data).Rejected).Rejection.Message;

    private static (List<Interaction> Accepted, List<QuarantinedRecord> Rejected) Decode(byte[] data)
    {
        var (accepted, rejected) = (new List<Interaction>(), new List<QuarantinedRecord>());
        new RecordDecoder(partitionKeyIsUser: false).Decode(
            new StreamRecord(
                data,
                "k",
                new Position("shardId-000000000000", SequenceNumber.From(7)),
                Shard.Noon.AddMinutes(1)
            ),
            accepted,
            rejected
        );
        return (accepted, rejected);
    }

    private static byte[] Packed(string text)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return output.ToArray();
    }
}
