using System.Text;
using Recommendation.Application.Ports;
using Recommendation.Application.Quarantine;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Contracts;

/// <summary>What every quarantine does.</summary>
public abstract class QuarantineContract : Contract<IQuarantine>
{
    [Fact]
    public async Task It_is_empty_at_first() => Assert.Empty(await RecordsAsync());

    [Fact]
    public async Task A_record_comes_back_whole()
    {
        var raw = Enumerable.Range(0, 2_000).Select(i => (byte)i).ToArray();
        var record = Some.Quarantined(1) with { Raw = raw, ArrivedAt = Some.Noon.AddMilliseconds(7) };
        await Port.AddAsync([record], None);
        var read = Assert.Single(await RecordsAsync());
        Assert.Equal(raw, read.Raw.ToArray());
        Assert.Equal(record with { Raw = default }, read with { Raw = default });
    }

    [Fact]
    public async Task A_record_may_be_empty_and_of_nobody()
    {
        await Port.AddAsync([Some.Quarantined(1, user: null) with { Raw = default }], None);
        var read = Assert.Single(await RecordsAsync());
        Assert.True(read.Raw.IsEmpty);
        Assert.Null(read.UserId);
    }

    [Fact]
    public async Task A_position_that_is_held_is_not_added_again()
    {
        await Port.AddAsync([Some.Quarantined(1), Some.Quarantined(1) with { Raw = "second"u8.ToArray() }], None);
        await Port.AddAsync([Some.Quarantined(1) with { Raw = "third"u8.ToArray() }], None);
        Assert.Equal(Some.Quarantined(1).Raw.ToArray(), Assert.Single(await RecordsAsync()).Raw.ToArray());
    }

    [Fact]
    public async Task Records_are_listed_by_arrival_and_then_position_as_numbers()
    {
        var far = Some.Quarantined(1) with { Position = new Position("p", SequenceNumber.Parse(new string('1', 56))) };
        await Port.AddAsync(
            [
                far,
                Some.Quarantined(10),
                Some.Quarantined(9, index: 1),
                Some.Quarantined(9),
                Some.Quarantined(99) with
                {
                    ArrivedAt = Some.Noon.AddHours(-1),
                },
            ],
            None
        );
        Assert.Equal(
            [Some.Position(99), Some.Position(9), Some.Position(9, 1), Some.Position(10), far.Position],
            (await RecordsAsync()).Select(record => record.Position));
    }

    [Fact]
    public async Task Many_records_are_all_listed()
    {
        await Port.AddAsync([.. Enumerable.Range(0, 1_300).Select(i => Some.Quarantined(i))], None);
        Assert.Equal(
            Enumerable.Range(0, 1_300).Select(i => Some.Position(i)),
            (await RecordsAsync()).Select(record => record.Position)
        );
    }

    [Fact]
    public async Task The_newest_records_come_first_from_a_place_on_and_for_a_reason()
    {
        await Port.AddAsync(
            [.. Enumerable.Range(0, 1_100).Select(i => Some.Quarantined(i) with
            {
                ArrivedAt = Some.Noon.AddHours(i / 100 * 7).AddSeconds(i / 10),
                Rejection = new(i % 4 == 0 ? RejectionCode.InvalidItem : RejectionCode.InvalidTime, "Wrong."),
            })],
            None);
        await Port.MarkAsync([Some.Position(1_099)], QuarantineEnd.Redriven, Some.Noon, None);
        var newest = Enumerable.Range(0, 1_099).Reverse().ToList();

        Assert.Equal(newest.Select(i => Some.Position(i)), await NewestAsync(new()));
        Assert.Equal(Some.Position(1_099), (await NewestAsync(new(IncludeSettled: true)))[0]);
        var items = await NewestAsync(new(Reason: RejectionCode.InvalidItem));
        Assert.Equal(newest.Where(i => i % 4 == 0).Select(i => Some.Position(i)), items);
        var place = QuarantinePlace.Of(await Port.NewestAsync(new(), None).ElementAtAsync(444));
        Assert.Equal(newest.Skip(445).Select(i => Some.Position(i)), await NewestAsync(new(Before: place)));
        Assert.Empty(await NewestAsync(new(Before: QuarantinePlace.Of(Some.Quarantined(0)))));
    }

    [Fact]
    public async Task Redriven_records_are_listed_only_if_asked_for()
    {
        await Port.AddAsync([Some.Quarantined(1), Some.Quarantined(2)], None);
        await Port.MarkAsync([Some.Position(1), Some.Position(77)], QuarantineEnd.Redriven, Some.Noon.AddDays(1), None);
        Assert.Equal(Some.Position(2), Assert.Single(await RecordsAsync()).Position);

        var all = await RecordsAsync(includeSettled: true);
        Assert.Equal([Some.Noon.AddDays(1), null], all.Select(record => record.RedrivenAt));
    }

    [Fact]
    public async Task A_dismissed_record_is_listed_only_if_asked_for_stays_so_and_is_erased_with_its_user()
    {
        var record = Some.Quarantined(1);
        await Port.AddAsync([record, Some.Quarantined(2)], None);
        await Port.MarkAsync([record.Position, Some.Position(77)], QuarantineEnd.Dismissed, Some.Noon.AddDays(1), None);
        await Port.MarkAsync([record.Position], QuarantineEnd.Dismissed, Some.Noon.AddDays(2), None);
        await Port.AddAsync([record], None);

        Assert.Equal(Some.Position(2), Assert.Single(await RecordsAsync()).Position);
        Assert.Equal([Some.Position(2)], await NewestAsync(new()));
        var all = await RecordsAsync(includeSettled: true);
        Assert.Equal([Some.Noon.AddDays(1), null], all.Select(one => one.DismissedAt));
        Assert.All(all, one => Assert.Null(one.RedrivenAt));

        await Port.ForgetAsync(new(record.UserId!.Value, Forgetting.Before(Some.Noon.AddDays(1))), None);
        Assert.DoesNotContain(record.Position, (await RecordsAsync(includeSettled: true)).Select(one => one.Position));
    }

    [Fact]
    public async Task A_redriven_record_can_not_be_dismissed()
    {
        await Port.AddAsync([Some.Quarantined(1)], None);
        await Port.MarkAsync([Some.Position(1)], QuarantineEnd.Redriven, Some.Noon, None);
        await Port.MarkAsync([Some.Position(1)], QuarantineEnd.Dismissed, Some.Noon.AddDays(1), None);
        Assert.Null(Assert.Single(await RecordsAsync(includeSettled: true)).DismissedAt);
    }

    [Fact]
    public async Task A_redriven_record_that_is_delivered_again_stays_redriven()
    {
        await Port.AddAsync([Some.Quarantined(1)], None);
        await Port.MarkAsync([Some.Position(1)], QuarantineEnd.Redriven, Some.Noon, None);
        await Port.AddAsync([Some.Quarantined(1)], None);
        Assert.Empty(await RecordsAsync());
    }

    [Fact]
    public async Task Forgetting_removes_what_is_held_of_the_user_redriven_or_not()
    {
        await Port.AddAsync(
            [
                Some.Quarantined(1),
                Some.Quarantined(2),
                Some.Quarantined(3, "u2"),
                Some.Quarantined(4, null) with
                {
                    Raw = "{}"u8.ToArray(),
                },
            ],
            None
        );
        await Port.MarkAsync([Some.Position(2)], QuarantineEnd.Redriven, Some.Noon, None);
        Assert.Equal(2, await Port.ForgetAllAsync(Some.User("u1")));
        Assert.Equal(0, await Port.ForgetAllAsync(Some.User("u1")));
        Assert.Equal(
            [Some.Position(3), Some.Position(4)],
            (await RecordsAsync(includeSettled: true)).Select(record => record.Position)
        );
    }

    [Fact]
    public async Task Forgetting_removes_records_of_nobody_that_name_the_user_and_no_others()
    {
        var gzip = new MemoryStream();
        await using (
            var packed = new System.IO.Compression.GZipStream(
                gzip,
                System.IO.Compression.CompressionLevel.Fastest,
                leaveOpen: true
            )
        )
            packed.Write("""{"userId":"u1\u0001","itemId":"i"}"""u8);
        byte[][] naming =
        [
            """{"userId":"u1\u0001","itemId":"i"}"""u8.ToArray(),
            "{\"user\":\"\\u0075\\u0031\"}"u8.ToArray(),
            "u1,tea,view"u8.ToArray(),
            gzip.ToArray(),
            """{"userId":["u1"]}"""u8.ToArray(),
        ];
        byte[][] others =
        [
            """{"userId":"u12"}"""u8.ToArray(),
            """{"userId":"xu1"}"""u8.ToArray(),
            [],
            [0x1F, 0x8B, 0, 1, 2],
        ];
        await Port.AddAsync(
            [.. naming.Concat(others).Select((raw, i) => Some.Quarantined(i + 1, null) with { Raw = raw })],
            None
        );
        await Port.AddAsync([Some.Quarantined(20, "u2") with { Raw = "u1"u8.ToArray() }], None);
        await Port.AddAsync(
            [
                Some.Quarantined(21, null) with
                {
                    Raw = "{}"u8.ToArray(),
                    Rejection = new(RejectionCode.InvalidItem, "'u1' has no item."),
                },
            ],
            None
        );
        Assert.Equal(naming.Length + 1, await Port.ForgetAllAsync(Some.User("u1")));
        Assert.Equal(
            [.. Enumerable.Range(naming.Length + 1, others.Length).Select(i => Some.Position(i)), Some.Position(20)],
            (await RecordsAsync()).Select(record => record.Position));
    }

    [Fact]
    public async Task A_sweep_removes_what_was_late_and_leaves_what_came_after_the_erasure()
    {
        await Port.AddAsync(
            [
                Some.Quarantined(1),
                Some.Quarantined(2) with
                {
                    ArrivedAt = Some.Noon.AddSeconds(1),
                },
                Some.Quarantined(3, null),
                Some.Quarantined(4, null) with
                {
                    ArrivedAt = Some.Noon.AddSeconds(1),
                },
                Some.Quarantined(5, "u2"),
            ],
            None);
        Assert.Equal(2, await Port.SweepAllAsync(Some.User("u1"), Forgetting.Before(Some.Noon.AddMilliseconds(1))));
        Assert.Equal(
            [Some.Position(5), Some.Position(2), Some.Position(4)],
            (await RecordsAsync()).Select(record => record.Position)
        );
    }

    [Fact]
    public async Task Forgetting_finds_a_user_in_a_part_of_a_record_and_behind_any_amount_of_packed_data()
    {
        byte[] aggregated = [0xF3, 0x89, 0x9A, 0xC2, 0x0A, (byte)'u', .. new byte[4], .. Packed("""{"userId":"u1"}""")];
        var large = Packed(new string(' ', 9 << 20) + """{"userId":"u1"}""");
        var key = new string('k', 65);
        byte[] keyed = [0x0A, 65, .. Encoding.UTF8.GetBytes(key), 0x1A, 2, (byte)'{', (byte)'}'];
        byte[][] records = [aggregated, large, Packed("""{"userId":"u2"}"""), keyed];
        await Port.AddAsync([.. records.Select((raw, i) => Some.Quarantined(i + 1, null) with { Raw = raw })], None);
        Assert.Equal(2, await Port.ForgetAllAsync(Some.User("u1")));
        Assert.Equal(1, await Port.ForgetAllAsync(Some.User(key)));
        Assert.Equal(Some.Position(3), Assert.Single(await RecordsAsync()).Position);
    }

    [Fact]
    public async Task Forgetting_goes_through_any_number_of_records_of_nobody()
    {
        await Port.AddAsync(
            [
                .. Enumerable
                    .Range(1, 1_200)
                    .Select(i => Some.Quarantined(i, null) with { Raw = Encoding.UTF8.GetBytes($"row of u{i % 400}") }),
            ],
            None
        );
        Assert.Equal(3, await Port.ForgetAllAsync(Some.User("u7")));
        Assert.Equal(1_197, (await RecordsAsync()).Count);
    }

    [Fact]
    public async Task Odd_users_and_partitions_come_back_as_they_were()
    {
        await Port.AddAsync(
            [
                .. Some.OddIds.Select(id =>
                    Some.Quarantined(1, id) with
                    {
                        Position = new Position(id, SequenceNumber.From(1)),
                    }
                ),
            ],
            None
        );
        var read = await RecordsAsync();
        Assert.Equal(
            Some.OddIds.Order(StringComparer.Ordinal),
            read.Select(record => record.UserId!.Value.Value).Order(StringComparer.Ordinal)
        );
        Assert.All(read, record => Assert.Equal(record.Position.Partition, record.UserId!.Value.Value));
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (
            var gzip = new System.IO.Compression.GZipStream(
                packed,
                System.IO.Compression.CompressionLevel.Fastest,
                leaveOpen: true
            )
        )
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private async Task<List<Position>> NewestAsync(QuarantineSearch search) =>
        (await ListAsync(Port.NewestAsync(search, None))).ConvertAll(record => record.Position);

    private Task<List<QuarantinedRecord>> RecordsAsync(bool includeSettled = false) =>
        ListAsync(Port.ListAsync(includeSettled, None));
}
