using System.Text;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Aws.DynamoDb;
using Recommendation.Aws.Kinesis;
using Recommendation.Aws.Kinesis.Records;
using Recommendation.Aws.S3;
using Recommendation.Contracts;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Aws.Tests;

/// <summary>
/// What an erasure does that only AWS has: its record in the stream, and objects that services write.
/// </summary>
public sealed class ErasureTests
{
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Its_record_is_in_the_shard_of_the_users_events_after_them_and_no_reader_takes_it_for_an_event()
    {
        await using var fixture = await AwsFixture.WithAllAsync();
        var shards = new ShardReader(fixture.Kinesis, fixture.Options, fixture.Backoff);
        var erasures = new S3Erasures(
            fixture.Bucket,
            new StreamErasures(new StreamPut(fixture.Kinesis, fixture.Options, fixture.Backoff), shards)
        );
        var before = Assert.Single(await fixture.Log.AppendAsync([Some.Interaction("u1")], None)).Position;

        var erasure = await erasures.BeginAsync(Some.User("u1"), Some.Noon, None);

        var after = Assert.Single(await fixture.Log.AppendAsync([Some.Interaction("u1")], None)).Position;
        Assert.True(erasure.Boundary.Covers(before, Some.Noon.AddYears(20)));
        Assert.False(erasure.Boundary.Covers(after, Some.Noon.AddYears(-20)));
        // The time is the stream's, not the caller's.
        Assert.InRange(
            erasure.Boundary.ArrivedAt,
            TimeProvider.System.GetUtcNow().AddMinutes(-5),
            TimeProvider.System.GetUtcNow().AddMinutes(5)
        );
        var (accepted, rejected) = (new List<Interaction>(), new List<QuarantinedRecord>());
        await foreach (var records in shards.ReadAsync(before.Partition, after: null, None))
        {
            foreach (var record in records)
                RecordDecoder
                    .From()
                    .Decode(new StreamRecord(record.Data, record.PartitionKey, before, Some.Noon), accepted, rejected);
        }
        Assert.Equal(2, accepted.Count);
        Assert.Empty(rejected);
    }

    [Fact]
    public async Task Records_that_were_not_delivered_lose_the_users_lines()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        const string key = "archive-errors/processing-failed/2026/03/14/x";
        string[] lines =
        [
            Line("""{"userId":"u1","itemId":"i"}"""),
            Line("""{"userId":"u2","itemId":"i"}"""),
            "no json",
        ];
        await fixture.Bucket.PutAsync(key, Encoding.UTF8.GetBytes(string.Join('\n', lines)), PutCondition.Always, None);

        var part = await ContentErasure.OfArchiveErrors(fixture.Bucket).EraseAsync(Work("u1"), None);

        Assert.Equal(new ErasedPart(1), part);
        Assert.Equal(
            string.Join('\n', lines.Skip(1)),
            Encoding.UTF8.GetString((await fixture.Bucket.FindAsync(key, None))!.Body)
        );
        Assert.Equal(
            new ErasedPart(0),
            await ContentErasure.OfArchiveErrors(fixture.Bucket).EraseAsync(Work("u1"), None)
        );
    }

    [Fact]
    public async Task A_batch_that_was_given_up_goes_whole_if_it_holds_the_user()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        foreach (var user in new[] { "u1", "u2" })
        {
            var data = Base64($$"""{"userId":"{{user}}","itemId":"i"}""");
            var payload = "{\"Records\":[{\"kinesis\":{\"data\":\"" + data + "\"}}]}";
            var body = $$"""{"version":"1.0","payload":{{System.Text.Json.JsonSerializer.Serialize(payload)}}}""";
            await fixture.Bucket.PutAsync(
                $"aws/lambda/{user}",
                Encoding.UTF8.GetBytes(body),
                PutCondition.Always,
                None
            );
        }

        Assert.Equal(
            new ErasedPart(1),
            await ContentErasure.OfGivenUpBatches(fixture.Bucket).EraseAsync(Work("u1"), None)
        );

        Assert.Null(await fixture.Bucket.FindAsync("aws/lambda/u1", None));
        Assert.NotNull(await fixture.Bucket.FindAsync("aws/lambda/u2", None));
    }

    [Fact]
    public async Task A_segment_of_a_run_keeps_its_length_and_loses_the_user()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        var segments = new S3BatchSegments(fixture.Bucket);
        var run = BatchRunId.Parse("r1");
        await segments.SnapshotAsync(run, 0, [Some.User("u1"), Some.User("u2")], None);

        Assert.Equal(new ErasedPart(1), await segments.EraseAsync(Work("u1"), None));

        var users = await segments.UsersAsync(run, 0, None);
        Assert.Equal((2, Some.User("u2")), (users.Count, users[1]));
        Assert.DoesNotContain(Some.User("u1"), users);
    }

    [Fact]
    public async Task The_archive_is_worked_off_in_parts_that_go_on_where_the_last_one_ended()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        for (var i = 1; i <= 25; i++)
            await fixture.Archive.WriteAsync(
                [Some.Interaction("u1") with { Position = Some.Position(i, partition: "shardId-1") }],
                None
            );
        var work = new ErasureWork(Some.User("u1"), Forgetting.Before(Some.Noon.AddDays(1)));

        var first = await fixture.Archive.ForgetAsync(work, None);
        var second = await fixture.Archive.ForgetAsync(work with { After = first.Next }, None);

        Assert.Equal((20L, 5L, null), (first.Removed, second.Removed, second.Next));
    }

    [Fact]
    public void Every_place_of_the_table_has_something_that_erases_it()
    {
        string[] builtIn =
        [
            PersonalDataPlaces.Profile,
            PersonalDataPlaces.History,
            PersonalDataPlaces.List,
            PersonalDataPlaces.Log,
            PersonalDataPlaces.Quarantine,
        ];
        string[] registered =
        [
            new DynamoUserAttributes(null!).Place,
            new S3BatchSegments(null!).Place,
            new S3BatchLists(null!).Place,
            new S3ExperimentStore(null!).Place,
            // Registered by the use cases, over the figures of the bucket.
            PersonalDataPlaces.Feedback,
            ContentErasure.OfArchiveErrors(null!).Place,
            ContentErasure.OfGivenUpBatches(null!).Place,
        ];
        Assert.Equal(
            PersonalDataPlaces.ErasedOn(DataPlatform.Aws).Select(place => place.Key).Order(StringComparer.Ordinal),
            builtIn.Concat(registered).Order(StringComparer.Ordinal));
    }

    private static string Line(string record) => $$"""{"attemptsMade":4,"rawData":"{{Base64(record)}}"}""";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static ErasureWork Work(string user) => new(Some.User(user), Forgetting.Before(Some.Noon));
}
