using System.Text;
using Recommendation.Application.Erasures;
using Recommendation.Application.Interactions;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Tests.Quarantine;

/// <summary>A rejected record of an erased user does not come back with a delivery.</summary>
public sealed class ErasedRecordsTests : InWorld
{
    [Fact]
    public async Task A_rejected_record_that_is_delivered_again_after_its_user_was_erased_stays_erased()
    {
        var record = OfShard(1, user: Some.Ann);
        await World.SendAsync(new UpdateProfiles([], [record]));
        await EraseAsync();

        var again = await World.SendAsync(new UpdateProfiles([], [record], record.Position));

        Assert.Equal((0, 1, 0), (again.Quarantined, again.Erased, again.Failed.Count));
        Assert.Empty(await World.QuarantinedAsync());
        Assert.Equal(record.Position, await World.Profiles.CheckpointAsync("shard", CancellationToken.None));
    }

    [Fact]
    public async Task A_rejected_record_that_was_late_is_not_kept_and_one_that_came_after_the_erasure_is()
    {
        await EraseAsync();

        await World.SendAsync(
            new UpdateProfiles(
                [],
                [OfShard(1, user: Some.Ann), OfShard(3600, user: Some.Ann), OfShard(2, user: Some.Bob)]
            )
        );

        Assert.Equal(["2", "3600"], (await World.QuarantinedAsync()).Select(record => record.Position.Sequence.Value));
    }

    [Fact]
    public async Task Of_records_of_nobody_what_names_the_user_is_left_out()
    {
        await EraseAsync();

        await World.SendAsync(
            new UpdateProfiles(
                [],
                [
                    OfShard(1, """{"userId":"ann","""),
                    OfShard(2, """[{"userId":"ann"},{"userId":"bob"}]"""),
                    OfShard(3, """{"userId":"anna","""),
                    OfShard(3600, """{"userId":"ann","""),
                ]
            )
        );

        Assert.Equal(
            ["""[{"userId":"bob"}]""", """{"userId":"anna",""", """{"userId":"ann","""],
            (await World.QuarantinedAsync()).Select(record => Encoding.UTF8.GetString(record.Raw.Span)));
    }

    [Theory]
    [InlineData("""[{"userId":"bob","itemId":"i1"},{"userId":"ann","itemId":"i2"}""")]
    [InlineData("""{"userId":"bob","itemId":"i1"}{"userId":"ann","itemId":"i2"}""")]
    [InlineData("""{"userId":"bob","itemId":"i1",}, {"userId":"ann","itemId":"i2"}""")]
    public async Task A_broken_record_of_several_users_is_found_by_each_of_them(string record)
    {
        var (accepted, rejected) = (new List<Interaction>(), new List<QuarantinedRecord>());
        EventDecoder.Decode(Encoding.UTF8.GetBytes(record), Some.At(1), Some.Noon, accepted, rejected);
        await World.SendAsync(new UpdateProfiles(accepted, rejected));
        Assert.Single(await World.QuarantinedAsync());

        await World.SendAsync(new ForgetUser(Some.Ann));

        Assert.Empty(await World.QuarantinedAsync());
    }

    private async Task EraseAsync()
    {
        World.Time.Advance(TimeSpan.FromMinutes(1));
        await World.SendAsync(new ForgetUser(Some.Ann));
    }

    private static QuarantinedRecord OfShard(long sequence, string raw = "{}", UserId? user = null) =>
        Some.Poison(sequence, raw, user) with { Position = Some.At(sequence, partition: "shard") };
}
