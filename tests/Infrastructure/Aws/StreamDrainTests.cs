using System.Globalization;
using Amazon.Kinesis.Model;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Aws.Kinesis;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Emulators;

namespace Recommendation.Aws.Tests;

public sealed class StreamDrainTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Every_event_is_counted_once_and_archived_and_a_second_run_finds_nothing()
    {
        await using var platform = await StreamPlatform.StartAsync(shards: 3);
        await platform.Fixture.Log.AppendAsync(Events(0, 300), None);

        var drained = await platform.DrainAsync();
        Assert.Equal((300, 300, 0), (drained.Records, drained.Counted, drained.Quarantined));
        AssertSame(Events(0, 300), await platform.AllProfilesAsync());
        Assert.Equal(300, (await ArchivedAsync(platform)).Count);
        Assert.Equal(new DrainedStream(0, 0, 0, 0, 0), await platform.DrainAsync());
    }

    [Fact]
    public async Task What_lies_in_shards_that_were_split_and_merged_is_counted_once_and_in_the_users_order()
    {
        await using var platform = await StreamPlatform.StartAsync(shards: 2);
        var stream = platform.Fixture.Options.StreamName;
        await platform.Fixture.Log.AppendAsync(Events(0, 120), None);
        await StreamPlatform.AdministerAsync(
            "SplitShard",
            $$"""{"StreamName":"{{stream}}","ShardToSplit":"shardId-000000000000","NewStartingHashKey":"85070591730234615865843651857942052864"}"""
        );
        await ActiveAsync(platform);
        await platform.Fixture.Log.AppendAsync(Events(120, 120), None);
        await StreamPlatform.AdministerAsync(
            "MergeShards",
            $$"""{"StreamName":"{{stream}}","ShardToMerge":"shardId-000000000003","AdjacentShardToMerge":"shardId-000000000001"}"""
        );
        await ActiveAsync(platform);
        await platform.Fixture.Log.AppendAsync(Events(240, 120), None);

        var drained = await platform.DrainAsync();
        Assert.Equal((360, 360), (drained.Records, drained.Counted));
        var profiles = await platform.AllProfilesAsync();
        AssertSame(Events(0, 360), profiles);
        Assert.Contains(profiles, profile => profile.Marks.Count == 3);
    }

    [Fact]
    public async Task A_rebuild_from_the_archive_onto_an_empty_table_gives_the_same_profiles()
    {
        await using var platform = await StreamPlatform.StartAsync(shards: 2);
        await platform.Fixture.Log.AppendAsync(Events(0, 200), None);
        await platform.DrainAsync();

        await using var restored = await platform.WithEmptyTableAsync();
        var rebuilt = await restored.SendAsync(new RebuildProfiles());
        var expected = await platform.AllProfilesAsync();
        Assert.Equal(expected.Count, rebuilt.Written);
        var actual = await restored.AllProfilesAsync();
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(
            expected.Zip(actual),
            pair => Same.Profile(pair.First, pair.Second with { Version = pair.First.Version })
        );
    }

    [Fact]
    public async Task A_table_that_fails_in_between_leaves_the_checkpoint_and_loses_and_doubles_nothing()
    {
        await using var platform = await StreamPlatform.StartAsync(shards: 1);
        await platform.Fixture.Log.AppendAsync(Events(0, 50), None);
        var fails = true;
        await using var proxy = await FaultProxy.StartAsync(
            request =>
                fails && request.Is("PutItem") && request.Text.Contains("user-3", StringComparison.Ordinal)
                    ? StubAnswer.Error(500, "InternalServerError")
                    : null,
            (await EmulatorServers.RunningAsync()).DynamoDb
        );
        await using var broken = await BrokenAsync(platform, proxy);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => broken.DrainAsync());
        Assert.Null(await platform.Profiles.CheckpointAsync("shardId-000000000000", None));

        fails = false;
        var drained = await broken.DrainAsync();
        Assert.Equal((50, 50), (drained.Records, drained.Counted + drained.Dropped));
        AssertSame(Events(0, 50), await platform.AllProfilesAsync());
        Assert.Equal(50, (await ArchivedAsync(platform)).Count);
    }

    [Fact]
    public async Task A_record_that_is_no_event_goes_to_quarantine_and_the_others_are_counted()
    {
        await using var platform = await StreamPlatform.StartAsync(shards: 1);
        await platform.Fixture.Log.AppendAsync(Events(0, 5), None);
        await platform.Fixture.Kinesis.PutRecordsAsync(new PutRecordsRequest
        {
            StreamName = platform.Fixture.Options.StreamName!,
            Records = [new PutRecordsRequestEntry { Data = "no event"u8.ToArray(), PartitionKey = "x" }],
        });
        await platform.Fixture.Log.AppendAsync(Events(5, 5), None);

        var drained = await platform.DrainAsync();
        Assert.Equal((11, 10, 1), (drained.Records, drained.Counted, drained.Quarantined));
        var kept = new List<Domain.Quarantine.QuarantinedRecord>();
        await foreach (var record in platform.Quarantine.ListAsync(includeSettled: true, None))
            kept.Add(record);
        Assert.Equal("no event"u8.ToArray(), Assert.Single(kept).Raw.ToArray());
    }

    [Fact]
    public async Task Who_is_forgotten_is_gone_from_the_archive_and_does_not_come_back_with_a_rebuild()
    {
        await using var platform = await StreamPlatform.StartAsync(shards: 1);
        await platform.Fixture.Log.AppendAsync(Events(0, 40), None);
        await platform.DrainAsync();

        var forgotten = await platform.SendAsync(new ForgetUser(Some.User(3)));
        Assert.Equal(forgotten.InteractionsCounted, forgotten.InteractionsRemoved);
        Assert.DoesNotContain(await ArchivedAsync(platform), interaction => interaction.UserId == Some.User(3));
        await platform.SendAsync(new RebuildProfiles());
        Assert.True((await platform.Profiles.LoadAsync([Some.User(3)], None))[Some.User(3)].IsEmpty);
    }

    [Fact]
    public void Parents_come_before_their_children_and_parents_past_the_retention_are_not_waited_for()
    {
        Shard[] shards =
        [
            new() { ShardId = "merged", ParentShardId = "left", AdjacentParentShardId = "other" },
            new() { ShardId = "left", ParentShardId = "root" },
            new() { ShardId = "right", ParentShardId = "root" },
            new() { ShardId = "root", ParentShardId = "gone" },
            new() { ShardId = "other" },
        ];
        Assert.Equal(
            ["other,root", "left,right", "merged"],
            ShardOrder.Waves(shards).Select(wave => string.Join(',', wave.Select(shard => shard.ShardId)))
        );
    }

    private static async Task<StreamPlatform> BrokenAsync(StreamPlatform platform, FaultProxy proxy)
    {
        var fixture = await AwsFixture.ConnectAsync(options => options.RequestRetries = 0, dynamoDb: proxy.Url);
        (fixture.Options.TableName, fixture.Options.BucketName, fixture.Options.StreamName) = (
            platform.Fixture.Options.TableName,
            platform.Fixture.Options.BucketName,
            platform.Fixture.Options.StreamName
        );
        return StreamPlatform.Over(fixture);
    }

    /// <summary>Ten users by turns; an item each; times that rise.</summary>
    private static List<Interaction> Events(int start, int count) =>
        [
            .. Enumerable
                .Range(start, count)
                .Select(i => new Interaction
                {
                    EventId = EventId.Parse(string.Create(CultureInfo.InvariantCulture, $"e{i}")),
                    UserId = Some.User(i % 10),
                    ItemId = Some.Item(string.Create(CultureInfo.InvariantCulture, $"item-{i}")),
                    Type = InteractionType.View,
                    OccurredAt = Some.Noon.AddSeconds(i),
                    ArrivedAt = Some.Noon.AddSeconds(i),
                }),
        ];

    /// <summary>The profiles of one clean pass, but for what the stream adds: arrival and position.</summary>
    private static void AssertSame(List<Interaction> events, List<UserProfile> profiles)
    {
        var expected = events
            .GroupBy(interaction => interaction.UserId)
            .OrderBy(user => user.Key)
            .Select(user =>
                UserProfile
                    .New(user.Key)
                    .Apply(
                        [.. user.Select((interaction, i) => interaction with { Position = Some.Position(i) })],
                        ProfilePolicy.Default
                    )
                    .Profile
            )
            .ToList();
        Assert.Equal(expected.Select(profile => profile.UserId), profiles.Select(profile => profile.UserId));
        Assert.All(expected.Zip(profiles), pair =>
        {
            Assert.Equal(pair.First.InteractionCount, pair.Second.InteractionCount);
            Assert.Equal(pair.First.Recent, pair.Second.Recent);
            Assert.Equal(pair.First.Counts, pair.Second.Counts);
            Assert.Equal(pair.First.EventIds, pair.Second.EventIds);
            Assert.Equal(pair.First.FirstInteraction, pair.Second.FirstInteraction);
        });
    }

    private static async Task<List<Interaction>> ArchivedAsync(StreamPlatform platform)
    {
        var archived = new List<Interaction>();
        await foreach (var interaction in platform.Fixture.Archive.ReadAsync(after: null, None))
            archived.Add(interaction);
        return archived;
    }

    private static async Task ActiveAsync(StreamPlatform platform)
    {
        var request = new DescribeStreamSummaryRequest { StreamName = platform.Fixture.Options.StreamName! };
        while (
            (await platform.Fixture.Kinesis.DescribeStreamSummaryAsync(request)).StreamDescriptionSummary!.StreamStatus
                is not "ACTIVE"
        )
            await Task.Yield();
    }
}
