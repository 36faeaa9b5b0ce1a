using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Domain.Tests.Profiles;

/// <summary>The stored forms of what is remembered: they are read for ever, and damage is noticed.</summary>
public sealed class HistoryCodecTests
{
    /// <summary>As format 1 stored them. They never change: what was stored must be read for ever.</summary>
    private const string Pending1 =
        "0180A8A8949567010002693184F303026932000000000000044000086F776E2D74797065E70702693101DB0B026931";

    private const string History1 =
        "010341026931FFA7A89495670220086F776E2D74797065E80784026932F30301000000000000044003086F776E2D7479706508707572636861736504766965770283DECDD0800902C4A3C8E1E20C05";

    [Fact]
    public void What_format_1_stored_is_still_read()
    {
        var pending = PendingOf(
        [
            Some.Interaction(1, "i1"),
            Some.Interaction(2, "i2", "purchase", at: Some.Noon.AddMilliseconds(-250)) with { Value = 2.5 },
            Some.Interaction(3, "i1", "own-type", at: Some.Noon.AddMilliseconds(-500)),
            Some.Interaction(4, "i1", at: Some.Noon.AddMilliseconds(-750)),
        ]);
        var history = StoredHistory.Empty.With(pending);

        Assert.Equal(Pending1, Convert.ToHexString(pending.Bytes));
        Assert.Equal(History1, Convert.ToHexString(HistoryCodec.Write(history)));
        Assert.Equal(pending.ToEntries(), PendingInteractions.FromStored(Convert.FromHexString(Pending1)).ToEntries());
        Assert.Equal(history, HistoryCodec.Read(Convert.FromHexString(History1)));
    }

    [Fact]
    public void Five_hundred_items_with_ids_of_ten_bytes_and_ten_thousand_acted_on_take_less_than_80_KB()
    {
        var bytes = HistoryCodec.Write(Of(10_000));

        Assert.InRange(bytes.Length, 50_000, 80_000);
    }

    [Fact]
    public void A_history_of_more_types_than_there_are_bits_hides_what_has_no_bit_of_its_own()
    {
        var types = Enumerable
            .Range(0, 80)
            .Select(i => Some.Interaction(i + 1, $"i{i}", $"type-{i}", at: Some.Noon.AddSeconds(-i)));
        var history = StoredHistory.Empty.With(PendingOf([.. types]));

        Assert.Equal(history, HistoryCodec.Read(HistoryCodec.Write(history)));
        var acted = UserMemory.Of(Some.Profile, history, _ => false).ActedOn;
        Assert.Equal(
            80 - ActedOnSet.MaximumTypes,
            Enumerable.Range(0, 80).Count(i => acted.Contains(ItemId.Parse($"i{i}")))
        );
        var all = UserMemory.Of(Some.Profile, history, _ => true).ActedOn;
        Assert.All(Enumerable.Range(0, 80), i => Assert.True(all.Contains(ItemId.Parse($"i{i}"))));
    }

    [Theory]
    [InlineData(double.MaxValue)]
    [InlineData(double.MinValue)]
    public void Values_whose_sum_is_beyond_all_numbers_come_back(double value)
    {
        var history = StoredHistory.Empty.With(
            PendingOf([.. Enumerable.Range(1, 4).Select(n => Some.Interaction(n) with { Value = value })])
        );

        var entry = Assert.Single(HistoryCodec.Read(HistoryCodec.Write(history)).Items);
        Assert.Equal((4, 4, value), (entry.Count, entry.Valued, entry.ValueSum));
    }

    [Fact]
    public void The_newest_500_items_stay_and_the_set_keeps_all()
    {
        var history = Of(2_000);

        Assert.Equal(500, history.Items.Count);
        Assert.Equal("item-01999", history.Items[0].ItemId.Value);
        Assert.Equal(2_000, history.ActedOn.Count);
    }

    [Fact]
    public void A_history_that_was_cut_off_anywhere_is_damaged()
    {
        var bytes = HistoryCodec.Write(Of(20));
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<FormatException>(() => HistoryCodec.Read(bytes.AsSpan(0, length)));
        Assert.Throws<FormatException>(() => HistoryCodec.Read([.. bytes, 0]));
    }

    [Fact]
    public void A_history_with_bytes_changed_is_read_or_damaged_but_breaks_nothing()
    {
        var bytes = HistoryCodec.Write(Of(40));
        var random = new Random(1);
        var damaged = 0;
        for (var i = 0; i < 4_000; i++)
        {
            var changed = bytes.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            try
            {
                _ = UserMemory.Of(Some.Profile, HistoryCodec.Read(changed), _ => true).History.Count;
            }
            catch (FormatException)
            {
                damaged++;
            }
        }
        Assert.InRange(damaged, 200, 4_000);
    }

    [Fact]
    public void Pending_interactions_with_bytes_changed_are_read_or_damaged_but_break_nothing()
    {
        var bytes = PendingOf([.. Some.Views(60).Select((one, i) => one with { Value = i % 2 == 0 ? i : null })])
            .Bytes.ToArray();
        var random = new Random(1);
        var damaged = 0;
        for (var i = 0; i < 4_000; i++)
        {
            var changed = bytes[..random.Next(1, bytes.Length + 1)];
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            try
            {
                _ = PendingInteractions.FromStored(changed).ToEntries().Length;
            }
            catch (FormatException)
            {
                damaged++;
            }
        }
        Assert.InRange(damaged, 200, 4_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(255)]
    public void An_unknown_format_is_refused_with_a_sentence(byte format)
    {
        var history = HistoryCodec.Write(Of(3));
        history[0] = format;
        Assert.Contains(
            "use a newer program",
            Assert.Throws<FormatException>(() => HistoryCodec.Read(history)).Message,
            StringComparison.Ordinal
        );
        var pending = PendingOf(Some.Views(3)).Bytes.ToArray();
        pending[0] = format;
        Assert.Contains(
            "use a newer program",
            Assert.Throws<FormatException>(() => PendingInteractions.FromStored(pending)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("-1-0000000000000001")]
    [InlineData("7-")]
    [InlineData("x-0000000000000001")]
    [InlineData("7-00000000000000011")]
    public void A_key_that_is_none_is_refused(string text) =>
        Assert.Throws<FormatException>(() => HistoryKey.Parse(text));

    [Fact]
    public void A_key_says_the_version_it_was_made_from()
    {
        var key = HistoryKey.New(7, 0xabc);
        Assert.Equal(("7-0000000000000abc", 7), (key.Value, HistoryKey.Parse(key.Value).Version));
        Assert.Equal(key, HistoryKey.Parse(key.Value));
    }

    private static StoredHistory Of(int items)
    {
        var history = StoredHistory.Empty;
        foreach (var chunk in Enumerable.Range(0, items).Chunk(64))
        {
            history = history.With(
                PendingOf([
                    .. chunk.Select(i =>
                        Some.Interaction(
                            i + 1,
                            $"item-{i:00000}",
                            i % 3 == 0 ? "purchase" : "view",
                            at: Some.Noon.AddMinutes(i)
                        ) with
                        {
                            Value = i % 3 == 0 ? i : null,
                        }
                    ),
                ])
            );
        }
        return history;
    }

    /// <summary>What a profile holds back of interactions that are all older than its newest one.</summary>
    private static PendingInteractions PendingOf(Interaction[] interactions) =>
        Some
            .Profile.Apply(
                [.. interactions, Some.Interaction(1, "newest", at: Some.Noon.AddYears(1), partition: "newest")],
                new ProfilePolicy { RecentLimit = 1 }
            )
            .Profile.Pending;
}
