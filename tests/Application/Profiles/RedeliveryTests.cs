using Recommendation.Application.Erasures;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Profiles;

/// <summary>The log delivers at least once, in pieces and in any interleaving of its partitions.</summary>
public sealed class RedeliveryTests : InWorld
{
    [Fact]
    public async Task A_redelivered_batch_counts_once()
    {
        var log = Some.Interactions(20, Some.Ann, Some.Bob);

        var first = await DeliverAsync(log);
        var second = await DeliverAsync(log);

        Assert.Equal((20, 0, 2), (first.Counted, first.Redelivered, first.ProfilesWritten));
        Assert.Equal((0, 20, 0), (second.Counted, second.Redelivered, second.ProfilesWritten));
        await CleanPass.AssertAsync(World, log);
    }

    [Theory]
    [InlineData(0, 7)]
    [InlineData(3, 12)]
    [InlineData(19, 20)]
    public async Task A_batch_that_comes_again_in_part_counts_once(int from, int to)
    {
        var log = Some.Interactions(30, Some.Ann, Some.Bob);

        await DeliverAsync(log[..20]);
        await DeliverAsync(log[from..to]);
        await DeliverAsync(log[from..]);

        await CleanPass.AssertAsync(World, log);
    }

    [Fact]
    public async Task A_copy_within_a_batch_counts_once()
    {
        var log = Some.Interactions(6, Some.Ann);

        var result = await DeliverAsync([.. log, .. log]);

        Assert.Equal((6, 6), (result.Counted, result.Redelivered));
        await CleanPass.AssertAsync(World, log);
    }

    [Fact]
    public async Task Each_event_of_a_record_counts_once()
    {
        Interaction[] record =
        [
            .. Enumerable.Range(0, 5).Select(index => Some.Interaction(7, item: $"i{index}", index: index)),
        ];

        await DeliverAsync(record[..3]);
        await DeliverAsync(record);
        await DeliverAsync(record[2..]);

        Assert.Equal(5, (await World.ProfileAsync(Some.Ann))!.InteractionCount);
        await CleanPass.AssertAsync(World, record);
    }

    [Fact]
    public async Task The_order_in_which_partitions_come_does_not_matter()
    {
        var p1 = Partition("shard-1", 1, 10);
        var p2 = Partition("shard-2", 100, 10);

        await DeliverAsync(p2[..5]);
        await DeliverAsync(p1);
        await DeliverAsync([.. p2[3..], .. p1[8..]]);
        await DeliverAsync(p1[..4]);

        await CleanPass.AssertAsync(World, [.. p1, .. p2]);
    }

    [Fact]
    public async Task A_resharded_stream_loses_and_doubles_nothing()
    {
        var parent = Partition("shard-1", 1, 10);
        var children = new[] { Partition("shard-2", 50, 6), Partition("shard-3", 51, 6) };

        await DeliverAsync(parent);
        await DeliverAsync(children[1]);
        await DeliverAsync(parent[7..]);
        await DeliverAsync(children[0]);
        await DeliverAsync([.. children[0], .. children[1]]);

        Assert.Equal(22, (await World.ProfileAsync(Some.Ann))!.InteractionCount);
        await CleanPass.AssertAsync(World, [.. parent, .. children[0], .. children[1]]);
    }

    [Fact]
    public async Task A_batch_whose_answer_was_lost_counts_once_when_it_comes_again()
    {
        var log = Some.Interactions(10, Some.Ann, Some.Bob);
        World.Profiles.Saved = () => throw new InvalidOperationException("Killed.");
        await Assert.ThrowsAsync<InvalidOperationException>(() => DeliverAsync(log));
        World.Profiles.Heal();

        var again = await DeliverAsync(log);

        Assert.Equal((0, 10), (again.Counted, again.Redelivered));
        await CleanPass.AssertAsync(World, log);
    }

    [Fact]
    public async Task An_event_that_the_producer_sent_twice_counts_once_and_is_told_from_a_redelivery()
    {
        var once = Some.Interaction(1, id: "e1");
        var copy = Some.Interaction(2, id: "e1");

        var result = await DeliverAsync([once, copy]);

        Assert.Equal((1, 1, 0), (result.Counted, result.Repeated, result.Redelivered));
        Assert.Equal(1, (await World.ProfileAsync(Some.Ann))!.InteractionCount);
    }

    [Fact]
    public async Task What_arrived_before_an_erasure_does_not_come_back_with_a_redelivery()
    {
        var log = Partition("shard", 1, 4);
        await DeliverAsync(log[..2]);
        World.Time.Advance(TimeSpan.FromMinutes(1));
        await World.SendAsync(new ForgetUser(Some.Ann));
        var late = Some.Interaction(5, arrived: World.Time.GetUtcNow().AddMinutes(1), partition: "shard");

        var result = await DeliverAsync([.. log, late]);

        Assert.Equal((1, 4), (result.Counted, result.Erased));
        Assert.Equal(["i5"], (await World.ProfileAsync(Some.Ann))!.Recent.Select(recent => recent.ItemId.Value));
    }

    private static Interaction[] Partition(string name, int first, int count) =>
        [.. Enumerable.Range(first, count).Select(n => Some.Interaction(n, id: $"{name}-{n}", partition: name))];

    private Task<UpdatedProfiles> DeliverAsync(Interaction[] batch) => World.SendAsync(new UpdateProfiles(batch, []));
}
