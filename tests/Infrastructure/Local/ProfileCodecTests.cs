using FsCheck;
using FsCheck.Fluent;
using Recommendation.Application.Ports;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Local.Sqlite;

namespace Recommendation.Local.Tests;

public sealed class ProfileCodecTests
{
    /// <summary>A profile as format 1 stored it. It never changes: what was stored must be read for ever.</summary>
    private const string Format1 =
        "010380E88AF19C6780A8B4C8B265040201020001720202FFD7BDC39D670131650000000000000202693180897A0000036F776E0269"
        + "32010002353700D0A55A0107060504030201F0";

    /// <summary>The same in format 2, which adds what is pending.</summary>
    private const string Format2 = "02" +
        "0380E88AF19C6780A8B4C8B265040201020001720202FFD7BDC39D670131650000000000000202693180897A0000036F776E0269"
        + "32010002353700D0A55A0107060504030201F000";

    [Fact]
    public void Every_profile_comes_back_as_it_was() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(
                Profiles().ToArbitrary(),
                profile =>
                {
                    Same.Profile(profile, Read(profile.UserId, profile.Version, Write(profile)));
                    var compact = profile.WithHistory(HistoryKey.New(profile.Version, (ulong)profile.Version)) with
                    {
                        MissesHistory = true,
                    };
                    Same.Profile(compact, Read(profile.UserId, profile.Version, Write(compact)));
                }
            )
        );

    [Fact]
    public void A_profile_stored_in_format_1_is_still_read()
    {
        var expected = new UserProfile
        {
            UserId = Some.User(),
            Version = 9,
            FirstInteraction = Some.Noon.AddDays(-1),
            Erasure = new() { ArrivedAt = Some.Noon.AddYears(-1) },
            InteractionCount = 2,
            Counts = [new(InteractionType.View, 1), new(InteractionType.Parse("r"), 1)],
            Recent =
            [
                new(Some.Noon, 0x6531, Some.Item("i1"), InteractionType.Click),
                new(Some.Noon.AddSeconds(-1000), 0, Some.Item("i2"), InteractionType.Parse("own")),
            ],
            Marks = [new(LocalLog.Partition, SequenceNumber.From(57), 0, new DateOnly(2026, 3, 14))],
            EventIds = [0xF001020304050607],
        };
        Assert.Equal(Format2, Convert.ToHexString(Write(expected)));
        Same.Profile(expected, Read(expected.UserId, 9, Convert.FromHexString(Format1)));
        Same.Profile(expected, Read(expected.UserId, 9, Convert.FromHexString(Format2)));
    }

    [Fact]
    public void A_profile_of_format_1_that_counted_more_than_it_kept_misses_history()
    {
        var profile = Some.FullProfile() with
        {
            Pending = PendingInteractions.None,
            HistoryKey = null,
            MissesHistory = false,
        };
        profile = profile with { Recent = [.. profile.Recent.Select(recent => recent with { Value = null })] };
        var format1 = Write(profile)[..^1];
        format1[0] = 1;

        Assert.True(Read(profile.UserId, 1, format1).MissesHistory);
        Same.Profile(profile with { MissesHistory = true, Version = 1 }, Read(profile.UserId, 1, format1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(255)]
    public void An_unknown_format_is_refused_with_a_sentence(byte format)
    {
        var bytes = Write(Some.FullProfile());
        bytes[0] = format;
        var refusal = Assert.Throws<StoredFormatException>(() => Read(Some.User(), 1, bytes));
        Assert.Contains($"format {format}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_that_was_cut_off_anywhere_is_damaged()
    {
        var bytes = Write(Some.FullProfile());
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<StoredFormatException>(() => Read(Some.User(), 1, bytes[..length]));
    }

    [Fact]
    public void A_profile_with_any_byte_changed_is_read_or_damaged_but_breaks_nothing()
    {
        var bytes = Write(Some.FullProfile());
        var damaged = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 0xFF;
            try
            {
                Read(Some.User(), 1, changed);
            }
            catch (StoredFormatException)
            {
                damaged++;
            }
        }
        Assert.InRange(damaged, 1, bytes.Length);
    }

    [Fact]
    public void Fifty_recent_and_64_pending_interactions_with_ids_of_ten_bytes_take_less_than_3_KB()
    {
        var interactions = Enumerable
            .Range(0, 114)
            .Select(i =>
                Some.Interaction(item: $"item-{i:00000}", eventId: $"event-{i}") with
                {
                    OccurredAt = Some.Noon.AddMinutes(i),
                    Position = Some.Position(i + 1),
                }
            );
        var profile = UserProfile.New(Some.User()).Apply([.. interactions], ProfilePolicy.Default).Profile;
        Assert.Equal(64, profile.Pending.Count);
        Assert.InRange(Write(profile).Length, 1_000, 3_000);
    }

    private static byte[] Write(UserProfile profile)
    {
        var blob = new BlobWriter();
        ProfileCodec.Write(blob, profile);
        return blob.Written.ToArray();
    }

    private static UserProfile Read(UserId user, long version, byte[] bytes) => ProfileCodec.Read(user, version, bytes);

    private static Gen<UserProfile> Profiles() =>
        from interactions in Interactions().ListOf()
        from version in Gen.Choose(0, int.MaxValue)
        from isErased in Gen.Elements(true, false)
        let empty = UserProfile.New(Some.User()) with { Version = version }
        from hasRecord in Gen.Elements(true, false)
        let record = ErasureBoundary.At(
            Some.Position(version, partition: hasRecord ? "local" : "shardId-000000000001"),
            Some.Noon.AddYears(-3)
        )
        let before = !isErased ? empty
        : hasRecord ? empty.Erase(record)
        : empty.Erase(Some.Noon.AddYears(-3))
        from limit in Gen.Elements(2, 50)
        select before.Apply([.. interactions], new ProfilePolicy { RecentLimit = limit }).Profile;

    private static Gen<Interaction> Interactions() =>
        from item in Gen.Elements(Some.OddIds.ToArray())
        from type in Gen.Elements("view", "purchase", "dislike", "other", "own-type", "z9")
        from eventId in Gen.Elements(null, "e1", "e2", "🛒🛒🛒", new string('e', 256))
        from partition in Gen.Elements("local", "shardId-000000000001", "p")
        from sequence in Gen.Choose(0, int.MaxValue)
        from zeros in Gen.Choose(0, 60)
        from minutes in Gen.Choose(-1_000_000, 1_000_000)
        select Some.Interaction(item: item, eventId: eventId) with
        {
            Type = InteractionType.Parse(type),
            Value = zeros % 3 == 0 ? minutes / 7.0 : null,
            OccurredAt = Some.Noon.AddMinutes(minutes).AddMilliseconds(sequence % 1000),
            Position = new Position(partition, SequenceNumber.Parse(sequence + new string('0', zeros)), zeros),
        };
}
