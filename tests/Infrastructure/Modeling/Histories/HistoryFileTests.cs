using System.Buffers.Binary;
using Recommendation.Application.Ports;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Histories;

namespace Recommendation.Modeling.Tests.Histories;

public class HistoryFileTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 7)]
    [InlineData(3, 1_000)]
    [InlineData(4, 1)]
    [InlineData(5, 50)]
    public async Task What_is_read_is_what_the_trainer_makes_of_the_same_interactions(int seed, int bufferEvents)
    {
        var interactions = SomeHistories.Random(seed);
        var expected = Some.Events(interactions);

        using var source = SomeHistories.Source(await SomeHistories.Write(interactions, bufferEvents));

        AssertSame(expected, source);
        Assert.Equal(expected.NewestMilliseconds, source.NewestMilliseconds);
        Assert.Equal(expected.OldestMilliseconds, source.OldestMilliseconds);
        Assert.Equal(interactions.Count, source.Read);
        Assert.Equal(interactions.Count(one => one.Type.Value == "unnamed"), source.Unnamed.Total);
    }

    [Fact]
    public async Task Later_interactions_are_left_out()
    {
        var interactions = SomeHistories.Random(6);
        var asOf = Some.Noon.AddMilliseconds(-20 * 86_400_000L);

        using var source = SomeHistories.Source(await SomeHistories.Write(interactions), asOf: asOf);

        AssertSame(Some.Events(interactions.Where(one => one.OccurredAt <= asOf)), source);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_same_interactions_in_any_order_give_the_same_bytes(int seed)
    {
        var interactions = SomeHistories.Random(seed).ToArray();
        var file = await SomeHistories.Write(interactions);
        new Random(seed).Shuffle(interactions);

        Assert.Equal(file, await SomeHistories.Write(interactions, bufferEvents: 11));
    }

    [Fact]
    public async Task A_user_with_more_events_than_a_block_is_read_as_one_user()
    {
        var count = (2 * HistoryFormat.BlockEvents) + 5;
        var interactions = Enumerable.Range(0, count)
            .Select(at => Some.Interaction("one", $"i{at % 7}", at: Some.Noon.AddSeconds(-at)))
            .Append(Some.Interaction("a", "i1")).Append(Some.Interaction("z", "i2"));

        using var reader = SomeHistories.Read(await SomeHistories.Write(interactions));
        var users = reader.Blocks(CancellationToken.None)
            .SelectMany(block => Enumerable.Range(0, block.Users)
                .Select(user => (block.IdOf(user), block.Of(user).Length)))
            .ToArray();

        Assert.Equal([("a", 1), ("one", count), ("z", 1)], users);
        Assert.Equal(new HistoryTotals(7, 1, 3, count + 2, Milliseconds(1 - count), Milliseconds(0)), reader.Totals);

        static long Milliseconds(int seconds) => Some.Noon.AddSeconds(seconds).ToUnixTimeMilliseconds();
    }

    [Fact]
    public async Task No_interactions_make_a_file_with_nothing_in_it()
    {
        using var reader = SomeHistories.Read(await SomeHistories.Write([]));

        Assert.Empty(reader.Blocks(CancellationToken.None));
        Assert.Equal(new HistoryTotals(0, 0, 0, 0, 0, 0), reader.Totals);
    }

    [Fact]
    public async Task A_byte_that_is_damaged_anywhere_is_an_error_that_names_the_file()
    {
        var file = await SomeHistories.Write(SomeHistories.Random(7, count: 60, users: 5, items: 6));
        for (var at = 0; at < file.Length; at++)
        {
            var damaged = (byte[])file.Clone();
            damaged[at] ^= (byte)(1 << (at % 8));
            var error = Assert.Throws<StoredFormatException>(() => SomeHistories.CountUsers(damaged, "old.hist"));
            Assert.Contains("'old.hist'", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_that_is_cut_anywhere_or_followed_by_anything_is_an_error()
    {
        var file = await SomeHistories.Write(SomeHistories.Random(8, count: 60, users: 5, items: 6));
        for (var length = 0; length < file.Length; length++)
        {
            var cut = file[..length];
            var error = Assert.Throws<StoredFormatException>(() => SomeHistories.CountUsers(cut, "cut.hist"));
            Assert.Contains("'cut.hist'", error.Message, StringComparison.Ordinal);
        }
        Assert.Throws<StoredFormatException>(() => SomeHistories.CountUsers([.. file, 0], "longer.hist"));
    }

    [Fact]
    public async Task Sections_in_another_order_are_an_error()
    {
        var file = await SomeHistories.Write(
            Enumerable.Range(0, (2 * HistoryFormat.BlockEvents) + 10)
                .Select(at => Some.Interaction($"u{at / 100}", $"i{at % 3}", at: Some.Noon.AddSeconds(-(at % 50)))));
        var sections = Sections(file);
        var swapped = sections.ToArray();
        (swapped[2], swapped[3]) = (swapped[3], swapped[2]);

        Assert.True(sections.Count >= 6);
        Assert.Throws<StoredFormatException>(() => Joined(swapped));
        Assert.Throws<StoredFormatException>(() => Joined([.. sections.Where((_, at) => at != 3)]));

        void Joined(byte[][] parts) =>
            SomeHistories.CountUsers([.. HistoryFormat.Header(), .. parts.SelectMany(one => one)], "x");
    }

    [Fact]
    public async Task A_length_that_would_take_too_much_memory_is_refused_before_anything_is_unpacked()
    {
        var file = await SomeHistories.Write(SomeHistories.Random(9));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(HistoryFormat.HeaderLength + 5), int.MaxValue);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<StoredFormatException>(() => SomeHistories.CountUsers(file, "bomb.hist"));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public async Task A_later_format_is_refused_by_its_number()
    {
        var file = await SomeHistories.Write(SomeHistories.Random(9));
        file[7] = 2;

        var error = Assert.Throws<StoredFormatException>(() => SomeHistories.CountUsers(file, "new.hist"));

        Assert.Contains("format 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interaction_takes_at_most_six_bytes()
    {
        var random = new Random(3);
        var interactions = Enumerable.Range(0, 200_000).Select(_ => Some.Interaction(
            $"customer-{random.Next(4_000):x8}", $"sku-{(int)(20_000 * Math.Pow(random.NextDouble(), 3))}",
            random.Next(10) == 0 ? "purchase" : "view", Some.Noon.AddSeconds(-random.Next(60 * 86_400))));

        var file = await SomeHistories.Write(interactions);

        Assert.InRange(file.Length / 200_000.0, 3, 6);
    }

    private static List<byte[]> Sections(byte[] file)
    {
        var sections = new List<byte[]>();
        for (var at = HistoryFormat.HeaderLength; at < file.Length;)
        {
            var length = HistoryFormat.SectionHeaderLength + 32
                + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 9));
            sections.Add(file[at..(at + length)]);
            at += length;
        }
        return sections;
    }

    private static void AssertSame(TrainingEvents expected, Modeling.RowBlocks.HistorySource source)
    {
        Assert.Equal(expected.ItemIds, source.ItemIds);
        Assert.Equal(expected.Events.Length, source.Events);
        var users = source.Chunks(CancellationToken.None)
            .SelectMany(chunk => Enumerable.Range(0, chunk.Users).Select(user => Plain(chunk.Of(user))))
            .ToList();
        // A user whose events are all cancelled stays without events there, and is left out here.
        var expectedUsers = Enumerable.Range(0, expected.Users)
            .Select(user => Plain(expected.Of(user))).Where(own => own.Length > 0).ToList();
        Assert.Equal(expectedUsers.Count, source.Users);
        Assert.Equal(expectedUsers, users);

        static (int, long, float)[] Plain(ReadOnlySpan<TrainingEvent> events) =>
            [.. events.ToArray().Select(one => (one.Item, one.Milliseconds, one.Weight))];
    }
}
