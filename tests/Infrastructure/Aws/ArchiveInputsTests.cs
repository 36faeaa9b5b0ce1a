using Recommendation.Application.Ports;
using Recommendation.Aws.Archive;
using Recommendation.Aws.S3;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Tests;

/// <summary>What a derivation reads: whole groups of users, from objects that it can name.</summary>
public sealed class ArchiveInputsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_group_is_read_whole_from_its_own_objects_and_from_those_of_any_group()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        var inputs = new ArchiveInputs(fixture.Bucket);
        Assert.Empty(await inputs.ListAsync(None));
        var mine = Event("u1", 1);
        await PutAsync(fixture, PrefixOf(mine) + "a.jsonl.gz", [mine]);
        Assert.Equal([UserBucket.Of(mine.UserId)], (await inputs.ListAsync(None)).Keys);

        // The same event again, and one of each of two users: in an object that may hold anybody.
        var (later, other) = (Event("u1", 2), Event("u2", 3));
        await PutAsync(fixture, "archive/2026/03/14/mixed/b.jsonl.gz", [mine, later, other]);

        var listed = await inputs.ListAsync(None);
        var part = inputs.PartOf(mine.UserId);
        Assert.Equal(UserBucket.Count, listed.Count);
        Assert.Equal(2, listed[part].Range.Objects);
        Assert.Equal(
            [mine.Position, later.Position],
            await inputs.ReadAsync(part, listed[part], None).Select(one => one.Position).ToListAsync());
        var ofOther = inputs.PartOf(other.UserId);
        Assert.Equal(
            [other.Position],
            await inputs.ReadAsync(ofOther, listed[ofOther], None).Select(one => one.Position).ToListAsync());
    }

    [Fact]
    public async Task Another_object_is_another_input()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        var inputs = new ArchiveInputs(fixture.Bucket);
        var one = Event("u1", 1);
        var part = inputs.PartOf(one.UserId);
        await PutAsync(fixture, PrefixOf(one) + "a.jsonl.gz", [one]);
        var first = (await inputs.ListAsync(None))[part].Range;
        Assert.Equal(first, (await inputs.ListAsync(None))[part].Range);
        await PutAsync(fixture, PrefixOf(one) + "b.jsonl.gz", [Event("u1", 2)]);
        Assert.NotEqual(first.Digest, (await inputs.ListAsync(None))[part].Range.Digest);
    }

    [Fact]
    public async Task An_object_that_is_gone_is_told()
    {
        await using var fixture = await AwsFixture.WithBucketAsync();
        var inputs = new ArchiveInputs(fixture.Bucket);
        var one = Event("u1", 1);
        var part = inputs.PartOf(one.UserId);
        await PutAsync(fixture, PrefixOf(one) + "a.jsonl.gz", [one]);
        await PutAsync(fixture, PrefixOf(one) + "b.jsonl.gz", [Event("u1", 2)]);
        var listed = await inputs.ListAsync(None);
        await fixture.Bucket.DeleteAsync(PrefixOf(one) + "b.jsonl.gz", None);
        await Assert.ThrowsAsync<LogInputChangedException>(
            () => inputs.ReadAsync(part, listed[part], None).ToListAsync().AsTask());
    }

    private static Interaction Event(string user, int sequence) =>
        Some.Interaction(user) with { Position = Some.Position(sequence) };

    private static string PrefixOf(Interaction one) =>
        ArchiveKey.PrefixOf(new DateOnly(2026, 3, 14), UserBucket.Of(one.UserId));

    private static Task PutAsync(AwsFixture fixture, string key, Interaction[] events) =>
        fixture.Bucket.PutAsync(key, ArchiveObject.Encode(events), PutCondition.Always, None);
}
