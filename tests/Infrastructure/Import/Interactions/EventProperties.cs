using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Recommendation.Application.Interactions;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Import.Tests.Interactions;

public sealed class EventProperties
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(2000);

    [Fact]
    public void Any_bytes_give_a_result_and_no_exception() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), IsAccountedFor).Check(s_config);

    [Fact]
    public void Any_damage_to_a_record_gives_a_result_and_no_exception() =>
        Prop.ForAll(Damaged().ToArbitrary(), IsAccountedFor).Check(s_config);

    [Fact]
    public void Fields_come_back_as_they_were_encoded() =>
        Prop.ForAll(Raw().ToArbitrary(), raw =>
        {
            var events = new List<DecodedEvent>();
            EventDecoder.Read(EventEncoder.Encode(raw), events);
            Assert.Equal(raw, Assert.Single(events).Raw);
            Assert.Null(events[0].Problem);
        }).Check(s_config);

    [Fact]
    public void An_interaction_comes_back_as_it_was_encoded() =>
        Prop.ForAll(
                Raw().ToArbitrary(),
                raw =>
                {
                    var validated = Interaction.Validate(
                        raw with
                        {
                            UserId = "u" + raw.UserId?.Length,
                            ItemId = "i",
                        },
                        Given.Arrival,
                        Given.Record
                    );
                    if (!validated.IsAccepted)
                        return;
                    var (accepted, rejected) = (new List<Interaction>(), new List<QuarantinedRecord>());
                    EventDecoder.Decode(
                        EventEncoder.Encode(validated.Accepted),
                        Given.Record,
                        Given.Arrival,
                        accepted,
                        rejected
                    );
                    Assert.Equal(validated.Accepted, Assert.Single(accepted));
                }
            )
            .Check(s_config);

    private static void IsAccountedFor(byte[] record)
    {
        var (accepted, rejected) = (new List<Interaction>(), new List<QuarantinedRecord>());
        EventDecoder.Decode(record, Given.Record, Given.Arrival, accepted, rejected);
        var indexes = accepted
            .Select(i => i.Position.Index)
            .Concat(rejected.Select(r => r.Position.Index))
            .Order()
            .ToList();
        Assert.Equal(Enumerable.Range(0, indexes.Count), indexes);
        Assert.True(
            indexes.Count > 0 || Encoding.UTF8.GetString(record).Trim('\uFEFF', ' ', '\r', '\n', '\t').StartsWith('[')
        );
    }

    // A good record in which a few bytes were changed: most damage still leaves something to read.
    private static Gen<byte[]> Damaged() =>
        from index in Gen.Choose(0, 200).ArrayOf(3)
        from value in Gen.Elements<byte>(
                0,
                0xff,
                0xc3,
                (byte)'"',
                (byte)'\\',
                (byte)'u',
                (byte)'{',
                (byte)'}',
                (byte)'[',
                (byte)']',
                (byte)',',
                (byte)':',
                (byte)'1',
                (byte)'d'
            )
            .ArrayOf(3)
        select Change(index, value);

    private static byte[] Change(int[] index, byte[] value)
    {
        var record =
            """[{"userId":"u1","itemId":"\ud83d\ude00","timestamp":1769850000000,"\u0078":[1,{"a":"\u00e9"}]},{"userId":"ü","itemId":2,"eventId":"e","value":"7"}]"""u8.ToArray();
        for (var i = 0; i < index.Length; i++)
            record[index[i] % record.Length] = value[i];
        return record;
    }

    private static Gen<RawInteraction> Raw() =>
        from eventId in Text()
        from user in Text()
        from item in Text()
        from type in Gen.OneOf(Text(), Gen.Elements<string?>("view", "purchase", "wish-list", null))
        from timestamp in Gen.OneOf(Text(), Gen.Elements<string?>("1769850000000", "2026-01-30T01:02:03.004Z", null))
        from value in Gen.OneOf(Text(), Gen.Elements<string?>("1", "1.50", "-2E+20", "1e400", "NaN", "007", " 1", null))
        select new RawInteraction
        {
            EventId = eventId,
            UserId = user,
            ItemId = item,
            InteractionType = type,
            Timestamp = timestamp,
            Value = value,
        };

    private static Gen<string?> Text() =>
        ArbMap
            .Default.GeneratorFor<UnicodeString>()
            .Select(text => text?.Get is { } given && IsWellFormed(given) ? given : null);

    private static bool IsWellFormed(string text) =>
        string.Equals(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), text, StringComparison.Ordinal);
}
