using Recommendation.Application.Erasures;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Tests.Profiles;

/// <summary>An erased user's history goes, whoever writes one meanwhile.</summary>
public sealed class HistoryErasureTests : InWorld
{
    [Fact]
    public async Task Erasing_a_user_takes_the_history_and_no_other()
    {
        await DeliverAsync(Some.Interactions(40, Some.Ann, Some.Bob));

        await World.SendAsync(new ForgetUser(Some.Ann));

        Assert.Equal(Some.Bob, Assert.Single(World.Histories.Kept).UserId);
        Assert.False((await World.MemoryAsync(Some.Ann)).ActedOn.Contains(Some.Item("i1")));
    }

    [Fact]
    public async Task An_erasure_between_a_history_and_its_profile_leaves_nothing()
    {
        var log = Shard(40);
        World.Histories.Put = async () =>
        {
            World.Histories.Put = null;
            World.Time.Advance(TimeSpan.FromHours(1));
            await World.SendAsync(new ForgetUser(Some.Ann));
        };

        var result = await DeliverAsync(log);

        Assert.Equal(40, result.Erased);
        Assert.Empty(World.Histories.Kept);
    }

    [Fact]
    public async Task What_a_writer_left_that_died_during_an_erasure_goes_with_the_redelivery()
    {
        var log = Shard(40);
        World.Histories.Put = async () =>
        {
            World.Time.Advance(TimeSpan.FromHours(1));
            await World.SendAsync(new ForgetUser(Some.Ann));
            throw new InvalidOperationException("Killed.");
        };
        World.Histories.Putting = () => Task.CompletedTask;
        await Assert.ThrowsAsync<InvalidOperationException>(() => DeliverAsync(log));
        World.Histories.Heal();
        // As if the history had been written after the sweep.
        await World.Histories.PutAsync(
            [new(new(Some.Ann, HistoryKey.New(0, 1)), StoredHistory.Empty)],
            CancellationToken.None
        );

        await DeliverAsync(log);

        Assert.Empty(World.Histories.Kept);
    }

    private static Interaction[] Shard(int count) =>
        [.. Enumerable.Range(1, count).Select(n => Some.Interaction(n, id: $"e{n}", partition: "shard"))];

    private Task<UpdatedProfiles> DeliverAsync(Interaction[] batch) => World.SendAsync(new UpdateProfiles(batch, []));
}
