using Recommendation.Application.Feedback;
using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Aws.S3;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Aws.Tests;

/// <summary>Lists carry ids, and impressions of them go through the stream into the archive and nowhere else.</summary>
public sealed class ImpressionTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Impressions_and_clicks_of_a_list_are_archived_with_its_id_and_counted()
    {
        await using var platform = await StreamPlatform.StartAsync(shards: 2);
        var list = (await platform.SendAsync(new PopularItems())).Id;
        Assert.NotNull(list);
        var source = new Position("api:1", SequenceNumber.From(0));
        var request = new AppendImpressions([new SeenList(list.ToString(), "u1", ["a", "b"])], source);
        Assert.Equal(2, (await platform.SendAsync(request)).Appended);
        // Sent again, as after a lost answer; and a click.
        await platform.SendAsync(request);
        await platform.SendAsync(new AppendInteractions([Click(list.ToString()!), Click("no id")]));

        await platform.DrainAsync();

        var archived = await platform.Fixture.Archive.ReadAsync(after: null, None).ToListAsync();
        Assert.Equal(4, archived.Count(one => one.Type == InteractionType.Impression && one.RecommendationId == list));
        await platform.SendAsync(new CountFeedback(Rebuild: true));
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var table = await platform.SendAsync(
            new ShowMetrics(day.AddDays(-1), day.AddDays(1), [MetricDimension.Scenario, MetricDimension.Source]));
        Assert.Equal([ListConfiguration.DefaultScenario, "popular"], table.Rows[0].Group);
        // Two clicks on an item that was seen: the second one has no id, and is attributed by the impression.
        Assert.Equal(
            (1L, 2L, 2L, 1L),
            (table.Rows[0].Lists, table.Rows[0].Impressions, table.Rows[0].Clicks, table.Rows[0].Users));
        Assert.False(table.IsFinal);
    }

    [Fact]
    public async Task Impressions_change_no_profile()
    {
        await using var platform = await StreamPlatform.StartAsync(shards: 1);
        await platform.SendAsync(new AppendInteractions([Click(list: null)]));
        await platform.DrainAsync();
        var before = await FindAsync(platform, "u1");
        var source = new Position("api:1", SequenceNumber.From(0));
        await platform.SendAsync(new AppendImpressions(
            [new SeenList(RecommendationId: null, "u1", ["a"]), new SeenList(null, "u2", ["a"])], source));

        var drained = await platform.DrainAsync();

        Assert.Equal((2L, 0L), (drained.Records, drained.ProfilesWritten));
        Assert.Equal(before!.Version, (await FindAsync(platform, "u1"))!.Version);
        Assert.Null(await FindAsync(platform, "u2"));
    }

    [Fact]
    public async Task A_damaged_key_is_named_with_what_to_do()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        await fixture.Bucket.PutAsync(
            S3RecommendationIdKeys.Key,
            """{"formatVersion":1,"secret":"00ff"}"""u8.ToArray(),
            PutCondition.Always,
            None);
        var problem = await Assert.ThrowsAsync<StoredFormatException>(
            () => new S3RecommendationIdKeys(fixture.Bucket).KeyAsync(None));
        Assert.Contains("restore an earlier version", problem.Message, StringComparison.Ordinal);
    }

    private static async Task<UserProfile?> FindAsync(StreamPlatform platform, string user) =>
        (await platform.Profiles.LoadAsync([Some.User(user)], None)).GetValueOrDefault(Some.User(user));

    private static IncomingEvent Click(string? list) => new()
    {
        Event = new RawInteraction
        {
            UserId = "u1",
            ItemId = "a",
            InteractionType = "click",
            RecommendationId = list,
        },
        Source = new Position("test", SequenceNumber.From(1)),
    };
}
