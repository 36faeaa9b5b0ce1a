using System.Text;
using Recommendation.Application.Ports;
using Recommendation.Aws.Archive;
using Recommendation.Aws.S3;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Tests;

public sealed class ArchiveTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Objects_in_any_order_with_copies_give_each_event_once_and_in_its_shards_order()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        // As a delivery with retries leaves them: late, twice, and with midnight in between.
        await PutAsync(fixture, "2026/03/14/b", Event("p", 3, 14), Event("p", 1, 14), Event("q", 5, 14));
        await PutAsync(fixture, "2026/03/14/a", Event("p", 4, 14), Event("p", 3, 14));
        await PutAsync(fixture, "2026/03/15/a", Event("p", 2, 14), Event("p", 6, 15), Event("q", 5, 14));
        await PutAsync(fixture, "2026/03/15/b", Event("p", 5, 15), Event("q", 4, 14));
        await PutAsync(fixture, "2026/03/17/a", Event("p", 1, 14), Event("p", 7, 17));

        var read = await ReadAsync(fixture);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], SequencesOf(read, "p"));
        Assert.Equal([4, 5], SequencesOf(read, "q"));
        Assert.Equal([4, 5, 6, 7], SequencesOf(await ReadAsync(fixture, Some.Position(3, partition: "p")), "p"));
        Assert.Empty(SequencesOf(await ReadAsync(fixture, Some.Position(3, partition: "p")), "q"));
    }

    [Fact]
    public async Task Events_of_one_record_keep_their_order()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        await PutAsync(
            fixture,
            "2026/03/14/a",
            [.. new[] { 2, 0, 1 }.Select(i => Event("p", 1, 14) with { Position = Some.Position(1, i) })]
        );
        Assert.Equal([0, 1, 2], (await ReadAsync(fixture)).Select(interaction => interaction.Position.Index));
    }

    [Fact]
    public async Task Archiving_the_same_batch_again_changes_nothing()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        Interaction[] batch = [Event("shardId-000000000000", 1, 14), Event("shardId-000000000000", 2, 14)];
        await fixture.Archive.WriteAsync(batch, None);
        await fixture.Archive.ForgetAsync(new(batch[0].UserId, Forgetting.Before(Some.Noon.AddDays(1))), None);
        await fixture.Archive.WriteAsync(
            [Event("shardId-000000000000", 1, 14) with { UserId = Some.User("u2") }],
            None
        );
        await fixture.Archive.WriteAsync(
            [Event("shardId-000000000000", 1, 14) with { UserId = Some.User("u3") }],
            None
        );
        Assert.Equal(Some.User("u2"), Assert.Single(await ReadAsync(fixture)).UserId);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("""{"userId":"u","itemId":"i","arrivedAt":"2026-03-14T12:00:00Z","partition":"p"}""")]
    [InlineData("""{"userId":"u","itemId":"i","partition":"p","sequence":"1"}""")]
    [InlineData("""{"userId":"","itemId":"i","arrivedAt":"2026-03-14T12:00:00Z","partition":"p","sequence":"1"}""")]
    public void A_line_that_is_no_archived_event_is_refused_with_its_object_named(string line)
    {
        var problem = Assert.Throws<StoredFormatException>(() =>
            ArchiveLine.Read(Encoding.UTF8.GetBytes(line), "archive/x")
        );
        Assert.Contains("'archive/x'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_that_is_not_compressed_is_refused_with_a_sentence()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        await fixture.Bucket.PutAsync("archive/2026/03/14/x.jsonl.gz", "plain"u8.ToArray(), PutCondition.Always, None);
        await Assert.ThrowsAsync<StoredFormatException>(() => ReadAsync(fixture));
    }

    private static Interaction Event(string partition, int sequence, int day) => Some.Interaction() with
    {
        OccurredAt = Some.Noon,
        ArrivedAt = Some.Noon.AddDays(day - 14),
        Position = Some.Position(sequence, partition: partition),
    };

    private static Task<string?> PutAsync(AwsFixture fixture, string name, params Interaction[] interactions) =>
        fixture.Bucket.PutAsync(
            $"archive/{name}.jsonl.gz",
            ArchiveObject.Encode(interactions),
            PutCondition.Always,
            None
        );

    private static IEnumerable<int> SequencesOf(IEnumerable<Interaction> interactions, string partition) =>
        interactions
            .Where(interaction => string.Equals(interaction.Position.Partition, partition, StringComparison.Ordinal))
            .Select(interaction =>
                int.Parse(interaction.Position.Sequence.Value, System.Globalization.CultureInfo.InvariantCulture)
            );

    private static async Task<List<Interaction>> ReadAsync(AwsFixture fixture, Position? after = null)
    {
        var read = new List<Interaction>();
        await foreach (var interaction in fixture.Archive.ReadAsync(after, None))
            read.Add(interaction);
        return read;
    }
}
