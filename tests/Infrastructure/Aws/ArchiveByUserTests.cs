using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Recommendation.Application.Ports;
using Recommendation.Aws.Archive;
using Recommendation.Aws.S3;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Tests;

/// <summary>The archive by groups of users: what is read of it, and its compaction.</summary>
public sealed class ArchiveByUserTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly DateTimeOffset s_now = Some.Noon.AddDays(10);

    private int _sequence;

    [Theory]
    [InlineData("archive/2026/03/14/7f/x.jsonl.gz", 0x7f)]
    [InlineData("archive/2026/03/14/00/x.jsonl.gz", 0)]
    [InlineData("archive/2026/03/14/7F/x.jsonl.gz", null)]
    [InlineData("archive/2026/03/14/mixed/x.jsonl.gz", null)]
    [InlineData("archive/2026/03/14/shardId-000000000000/x.jsonl.gz", null)]
    [InlineData("archive/2026/03/14/x.jsonl.gz", null)]
    public void A_key_says_its_day_and_its_group(string key, int? bucket) =>
        Assert.Equal(new ArchiveKey(key, new DateOnly(2026, 3, 14), bucket, 9), ArchiveKey.Parse(key, 9));

    [Theory]
    [InlineData("archive/x")]
    [InlineData("archive/2026/03/14/")]
    [InlineData("archive/2026/13/14/x.jsonl.gz")]
    public void What_is_no_object_of_a_day_is_passed_over(string key) => Assert.Null(ArchiveKey.Parse(key, 9));

    [Fact]
    public async Task Parts_hold_all_of_their_users_in_order_wherever_the_events_are()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        var events = await GivenAsync(fixture);
        var log = Log(fixture);
        var read = new List<Interaction>();
        for (var part = 0; part < log.Parts; part += 64)
            read.AddRange(await log.ReadAsync(new LogParts(part, 64), None).ToListAsync());

        Assert.Equal(Sorted(events), Sorted(read));
        foreach (var user in read.GroupBy(one => one.UserId))
            Assert.Equal(
                user.OrderBy(one => one.Position.Sequence).Select(one => one.Position),
                user.Select(one => one.Position)
            );
        var one = await log.ReadAsync(new LogParts(log.PartOf(events[0].UserId), 1), None).ToListAsync();
        Assert.Equal(events.Where(e => log.PartOf(e.UserId) == log.PartOf(events[0].UserId)).Select(e => e.Position)
            .Order(Positions), one.Select(e => e.Position).Order(Positions));
        Assert.Equal(
            Sorted(events.Where(e => e.ArrivedAt >= Some.Noon.AddDays(1.5))),
                Sorted(await log.ReadAsync(new LogParts(0, 256, Some.Noon.AddDays(2)), None).ToListAsync()));
    }

    [Fact]
    public async Task A_compacted_archive_has_an_object_for_each_group_of_a_day_and_holds_the_same()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        var events = await GivenAsync(fixture);
        var log = Log(fixture);

        Assert.True(await log.CompactAsync(DateTimeOffset.MaxValue, None));

        var keys = await KeysAsync(fixture);
        var closed = keys.Where(key => key.Day < DateOnly.FromDateTime(s_now.UtcDateTime)).ToList();
        Assert.All(closed, key => Assert.NotNull(key.Bucket));
        Assert.Equal(closed.Count, closed.Select(key => (key.Day, key.Bucket)).Distinct().Count());
        Assert.NotEqual(closed.Count, keys.Count);
        Assert.Equal(Sorted(events), Sorted(await log.ReadAsync(new LogParts(0, 256), None).ToListAsync()));
        // The second time there is nothing to do.
        Assert.True(await log.CompactAsync(DateTimeOffset.MaxValue, None));
        Assert.Equal(keys, await KeysAsync(fixture));
    }

    [Fact]
    public async Task A_compaction_whose_time_is_up_goes_on_later()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        await GivenAsync(fixture);
        Assert.False(await Log(fixture).CompactAsync(s_now.AddSeconds(-1), None));
        Assert.True(await Log(fixture).CompactAsync(DateTimeOffset.MaxValue, None));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(35)]
    public async Task A_compaction_that_dies_anywhere_loses_nothing_and_counts_nothing_twice(int writes)
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        var events = await GivenAsync(fixture);
        await using (
            var dying = await Emulators.FaultProxy.StartAsync(
                request =>
                    request.Method is "PUT" or "DELETE" && Interlocked.Decrement(ref writes) < 0
                        ? Emulators.StubAnswer.Error(403, "AccessDenied", "dead")
                        : null,
                (await Emulators.EmulatorServers.RunningAsync()).S3
            )
        )
        {
            await using var dies = await AwsFixture.ConnectAsync(
                options => options.BucketName = fixture.Options.BucketName,
                s3: dying.Url
            );
            await Assert.ThrowsAsync<StoreUnavailableException>(() =>
                Log(dies).CompactAsync(DateTimeOffset.MaxValue, None)
            );
        }
        Assert.Equal(Sorted(events), Sorted(await Log(fixture).ReadAsync(new LogParts(0, 256), None).ToListAsync()));
        Assert.True(await Log(fixture).CompactAsync(DateTimeOffset.MaxValue, None));
        Assert.Equal(Sorted(events), Sorted(await Log(fixture).ReadAsync(new LogParts(0, 256), None).ToListAsync()));
    }

    [Fact]
    public async Task A_damaged_object_is_left_and_the_others_are_compacted()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        await GivenAsync(fixture);
        await fixture.Bucket.PutAsync(
            "archive/2026/03/14/damaged.jsonl.gz",
            ArchiveObject.Compress("no json\n"u8),
            PutCondition.Always,
            None
        );
        Assert.True(await Log(fixture).CompactAsync(DateTimeOffset.MaxValue, None));
        Assert.Equal(
            ["archive/2026/03/14/damaged.jsonl.gz"],
            (await KeysAsync(fixture)).Where(key => key.Day.Day == 14 && key.Bucket is null).Select(key => key.Key)
        );
    }

    [Theory]
    [InlineData("cut off")]
    [InlineData("changed")]
    [InlineData("plain")]
    public async Task A_damaged_object_of_a_group_is_not_joined_with_good_ones(string damage)
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        var good = new[] { Event("u1", 0), Event("u1", 0) };
        var folder = $"2026/03/14/{ArchiveKey.NameOf(UserBucket.Of(good[0].UserId))}";
        await PutAsync(fixture, $"{folder}/a", good[0]);
        await PutAsync(fixture, $"{folder}/c", good[1]);
        // Its place is between the two.
        var body = ArchiveObject.Encode([Event("u1", 0)]);
        body = damage switch
        {
            "cut off" => body[..^20],
            "changed" => [.. body[..30], (byte)~body[30], .. body[31..]],
            _ => "plain"u8.ToArray(),
        };
        await fixture.Bucket.PutAsync($"archive/{folder}/b.jsonl.gz", body, PutCondition.Always, None);

        Assert.True(await Log(fixture).CompactAsync(DateTimeOffset.MaxValue, None));

        var keys = await KeysAsync(fixture);
        Assert.Contains($"archive/{folder}/b.jsonl.gz", keys.Select(key => key.Key));
        await fixture.Bucket.DeleteAsync($"archive/{folder}/b.jsonl.gz", None);
        Assert.Equal(Sorted(good), Sorted(await Log(fixture).ReadAsync(new LogParts(0, 256), None).ToListAsync()));
        Assert.Equal(2, keys.Count);
    }

    [Fact]
    public async Task An_erasure_reads_the_objects_of_the_users_group_and_no_other_group()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        var events = await GivenAsync(fixture);
        await Log(fixture).CompactAsync(DateTimeOffset.MaxValue, None);
        var user = events[0].UserId;
        var objects = (await KeysAsync(fixture)).Count(key => key.Bucket is null || key.Bucket == UserBucket.Of(user));
        await using var watched = await Emulators.FaultProxy.StartAsync(
            _ => null,
            (await Emulators.EmulatorServers.RunningAsync()).S3
        );
        await using var watching = await AwsFixture.ConnectAsync(
            options => options.BucketName = fixture.Options.BucketName,
            s3: watched.Url
        );

        var removed = await ForgetAsync(watching, user);

        Assert.Equal(events.Count(one => one.UserId == user), removed);
        Assert.Equal(
            objects,
            watched.Requests.Count(request =>
                request.Method == "GET" && request.Target.Contains("/archive/", StringComparison.Ordinal)
            )
        );
        Assert.Equal(
            Sorted(events.Where(one => one.UserId != user)),
            Sorted(await Log(fixture).ReadAsync(new LogParts(0, 256), None).ToListAsync())
        );
    }

    [Fact]
    public async Task What_a_compaction_moved_past_an_erasure_is_found_by_the_sweep()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        var moved = Event("u1", 0);
        // The compaction had read the object before the first pass came to it, and put what it held
        // under the group after.
        await ForgetAsync(fixture, moved.UserId);
        await PutAsync(fixture, $"2026/03/14/{ArchiveKey.NameOf(UserBucket.Of(moved.UserId))}/split-1", moved);
        Assert.Equal(1, await ForgetAsync(fixture, moved.UserId, isSweep: true));
    }

    [Fact]
    public async Task The_list_for_a_training_names_the_objects_of_the_last_days_and_of_the_share_and_the_catalogue()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        await GivenAsync(fixture);
        var parts = new LogParts(0, 128, Some.Noon.AddDays(2));
        byte[] catalogue = [.. "itemId,title\ni1,Cup\n"u8];
        await fixture.Bucket.PutAsync("training/items/shop.csv", catalogue, PutCondition.Always, None);
        var input = await new S3TrainingInputs(fixture.Bucket).WriteAsync("t1", parts, None);

        var expected = (await KeysAsync(fixture))
            .Where(key => key.Day.Day >= 16 && (key.Bucket is not { } bucket || bucket < 128))
            .ToList();
        Assert.Equal(
            (
                $"s3://{fixture.Options.BucketName}/training/inputs/t1.manifest",
                expected.Count,
                expected.Sum(key => key.Size) + catalogue.Length
            ),
            (input.Location, input.Objects, input.Bytes)
        );
        using var manifest = System.Text.Json.JsonDocument.Parse(
            (await fixture.Bucket.FindAsync("training/inputs/t1.manifest", None))!.Body
        );
        Assert.Equal($"s3://{fixture.Options.BucketName}/", manifest.RootElement[0].GetProperty("prefix").GetString());
        Assert.Equal(
            expected.Select(key => key.Key).Append("training/items/shop.csv"),
            manifest.RootElement.EnumerateArray().Skip(1).Select(key => key.GetString())
        );
    }

    private static Comparer<Position> Positions { get; } =
        Comparer<Position>.Create((one, other) => one.CompareWithin(other));

    private static ArchivedUserLog Log(AwsFixture fixture) =>
        new(fixture.Bucket, new FakeTimeProvider(s_now), NullLogger<ArchiveCompaction>.Instance);

    private static IEnumerable<string> Sorted(IEnumerable<Interaction> events) =>
        events
            .Select(one => $"{one.Position.Sequence.Value.PadLeft(8, '0')} {one.UserId} {one.ItemId}")
            .Order(StringComparer.Ordinal);

    private static Task<List<ArchiveKey>> KeysAsync(AwsFixture fixture) =>
        new ArchiveListing(fixture.Bucket).AllAsync(from: null, None).ToListAsync().AsTask();

    private static async Task<long> ForgetAsync(AwsFixture fixture, UserId user, bool isSweep = false)
    {
        var (removed, next) = (0L, (string?)null);
        do
        {
            var part = await fixture.Archive.ForgetAsync(
                new ErasureWork(user, Forgetting.Before(s_now.AddMinutes(1)), next, isSweep),
                None
            );
            (removed, next) = (removed + part.Removed, part.Next);
        }
        while (next is not null);
        return removed;
    }

    /// <summary>
    /// Four days as the delivery leaves them, one in the older layout, one with records of several groups, and one that
    /// goes on.
    /// </summary>
    private async Task<List<Interaction>> GivenAsync(AwsFixture fixture)
    {
        var all = new List<Interaction>();
        foreach (
            var (day, delivery) in new[] { 0, 1, 2, 10 }.SelectMany(day =>
                new[] { 1, 2 }.Select(delivery => (day, delivery))
            )
        )
        {
            var events = Enumerable.Range(0, 12).Select(user => Event($"u{user}", day)).ToList();
            all.AddRange(events);
            var date = $"2026/03/{14 + day:00}";
            if (day == 0)
                await PutAsync(fixture, $"{date}/delivery-{delivery}", [.. events]);
            else if (day == 1)
                await PutAsync(fixture, $"{date}/mixed/delivery-{delivery}", [.. events]);
            else
            {
                foreach (var group in events.GroupBy(one => UserBucket.Of(one.UserId)))
                    await PutAsync(fixture, $"{date}/{ArchiveKey.NameOf(group.Key)}/delivery-{delivery}", [.. group]);
            }
        }
        return all;
    }

    private Interaction Event(string user, int day) => Some.Interaction() with
    {
        UserId = UserId.Parse(user),
        OccurredAt = Some.Noon,
        ArrivedAt = Some.Noon.AddDays(day),
        Position = Some.Position(++_sequence, partition: "p"),
    };

    private static Task<string?> PutAsync(AwsFixture fixture, string name, params Interaction[] interactions) =>
        fixture.Bucket.PutAsync(
            $"archive/{name}.jsonl.gz",
            ArchiveObject.Encode(interactions),
            PutCondition.Always,
            None
        );
}
