using Recommendation.Application.Ports;
using Recommendation.Application.Tests.Given;
using Recommendation.Emulators;
using Recommendation.StreamProcessor.Tests.Given;

namespace Recommendation.StreamProcessor.Tests;

/// <summary>The same on a table that speaks DynamoDB's protocol, with the failures that it knows.</summary>
[Collection("One environment")]
public sealed class AwsFailureTests
{
    private static readonly TimeProvider s_time = new ManualTime(Shard.Noon.AddMinutes(11));

    [Fact]
    public async Task A_throttled_table_delays_and_loses_nothing()
    {
        await using var world = await AwsWorld.StartAsync();
        var shard = new Shard().Add(100);
        var throttled = 40;
        world.Table = request =>
            request.Is("PutItem") && throttled-- > 0
                ? StubAnswer.Error(400, "ProvisionedThroughputExceededException")
                : null;

        await Mapping(world).DeliverAsync(shard.Records);

        await world.AssertCleanAsync(shard);
        Assert.True(throttled < 0);
    }

    [Fact]
    public async Task Server_errors_for_a_while_delay_and_lose_nothing()
    {
        await using var world = await AwsWorld.StartAsync();
        var shard = new Shard().Add(100);
        var broken = 30;
        world.Table = request => !request.Is("PutItem") && !request.Is("BatchGetItem") ? null : broken-- > 0
            ? broken % 3 == 0 ? StubAnswer.Drop : StubAnswer.Error(500, "InternalServerError") : null;

        await Mapping(world).DeliverAsync(shard.Records);

        await world.AssertCleanAsync(shard);
        Assert.True(broken < 0);
    }

    [Fact]
    public async Task Saves_whose_answers_are_lost_count_once()
    {
        await using var world = await AwsWorld.StartAsync();
        var shard = new Shard().Add(100);
        // Fewer than the batch has users: each of these saves is repeated, and finds its own.
        var lost = 5;
        world.Table = request => request.Is("PutItem") && lost-- > 0 ? StubAnswer.LoseAnswer : null;

        await Mapping(world).DeliverAsync(shard.Records);

        await world.AssertCleanAsync(shard);
        Assert.True(lost < 0);
    }

    [Fact]
    public async Task A_deadline_in_the_middle_of_the_saves_ends_with_an_answer_and_nothing_is_lost()
    {
        var time = new ManualTime(Shard.Noon.AddMinutes(11));
        await using var world = await AwsWorld.StartAsync(time);
        var shard = new Shard().Add(100);
        var saves = 0;
        world.Table = request =>
        {
            if (!request.Is("PutItem") || ++saves != 4)
                return null;
            // The fourth save hangs, and the time of the invocation runs out.
            _ = Task.Run(() => time.Advance(TimeSpan.FromSeconds(59)));
            return StubAnswer.Silence;
        };

        var outcome = await world.Function.InvokeAsync(StreamedRecord.ToEvent(shard.Records));

        Assert.True(outcome.IsError || outcome.Text.Contains("itemIdentifier", StringComparison.Ordinal), outcome.Text);
        world.Table = _ => null;
        await Mapping(world).DeliverAsync(shard.Records);
        await world.AssertCleanAsync(shard);
    }

    [Fact]
    public async Task A_bucket_that_fails_fails_the_poison_alone()
    {
        await using var world = await AwsWorld.StartAsync();
        var shard = new Shard().Add(10);
        var poison = shard.Put("oops");
        shard.Add(10);
        world.Bucket = request => request.Is("PUT") ? StubAnswer.S3Error(503, "SlowDown") : null;

        Assert.Equal([poison.SequenceNumber], await world.Function.FailuresAsync(shard.Records));

        world.Bucket = _ => null;
        await Mapping(world).DeliverAsync(shard.Records);
        await world.AssertCleanAsync(shard);
        Assert.Single(
            await world.WithAsync(services =>
                ((IQuarantine)services.GetService(typeof(IQuarantine))!)
                    .ListAsync(includeSettled: true, CancellationToken.None)
                    .ToListAsync()
                    .AsTask()
            )
        );
    }

    [Fact]
    public async Task A_batch_is_one_read_and_one_write_for_each_user()
    {
        await using var world = await AwsWorld.StartAsync();
        // As many as the profiles keep themselves.
        var shard = new Shard().Add(7 * (CleanPass.Policy.RecentLimit + CleanPass.Policy.PendingLimit));

        await world.Function.FailuresAsync(shard.Records);

        Assert.Equal(
            (1, 7, 8),
            (world.Dynamo.CountOf("BatchGetItem"), world.Dynamo.CountOf("PutItem"), world.Dynamo.Requests.Count)
        );
    }

    private static EventSourceMapping Mapping(AwsWorld world) =>
        new(new MappingOptions(), world.Function.InvokeAsync, s_time.GetUtcNow);
}
