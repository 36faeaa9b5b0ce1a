using Recommendation.Application.Erasures;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;
using Recommendation.StreamProcessor.Tests.Given;

namespace Recommendation.StreamProcessor.Tests;

/// <summary>The stream delivers at least once, in pieces, in any interleaving of its shards.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private StreamWorld _world = null!;

    public async Task InitializeAsync() => _world = await StreamWorld.OpenAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_batch_that_is_delivered_twice_counts_once()
    {
        var shard = new Shard().Add(100);

        Assert.Empty(await _world.Function.FailuresAsync(shard.Records));
        Assert.Empty(await _world.Function.FailuresAsync(shard.Records));

        await _world.AssertCleanAsync(shard);
    }

    [Theory]
    [InlineData(0, 40)]
    [InlineData(33, 100)]
    [InlineData(99, 100)]
    public async Task A_batch_that_is_delivered_again_in_part_counts_once(int from, int to)
    {
        var shard = new Shard().Add(130);

        await _world.Function.FailuresAsync(shard.Records.Take(100));
        await _world.Function.FailuresAsync(shard.Records.Take(to).Skip(from));
        await _world.Function.FailuresAsync(shard.Records.Skip(90));

        await _world.AssertCleanAsync(shard);
    }

    [Fact]
    public async Task Each_event_of_a_record_counts_once()
    {
        var shard = new Shard().Add(3);
        shard.Put($"[{string.Join(',', Enumerable.Range(0, 40).Select(i => Shard.Event($"u{i % 3}", $"many{i}")))}]");
        shard.Put("[]");
        shard.Add(3);

        await _world.Function.FailuresAsync(shard.Records);
        await _world.Function.FailuresAsync(shard.Records);

        await _world.AssertCleanAsync(shard);
        Assert.Equal(46, (await _world.ProfilesAsync()).Values.Sum(profile => profile.InteractionCount));
    }

    [Fact]
    public async Task Shards_that_come_in_any_order_give_the_same_profiles()
    {
        var (one, two) = (new Shard(1).Add(60), new Shard(2).Add(60));

        await _world.Function.FailuresAsync(two.Records.Take(30));
        await _world.Function.FailuresAsync(one.Records);
        await _world.Function.FailuresAsync(two.Records.Skip(20));
        await _world.Function.FailuresAsync(two.Records.Take(10));

        await _world.AssertCleanAsync(one, two);
    }

    [Fact]
    public async Task A_stream_that_is_split_and_delivered_again_counts_once()
    {
        var (parent, left, right) = (new Shard(0).Add(50), new Shard(1).Add(50), new Shard(2).Add(50));

        await _world.Mapping().DeliverAsync(parent.Records);
        await _world.Mapping().DeliverAsync(left.Records);
        // The parent once more, after its children have begun.
        await _world.Mapping().DeliverAsync([.. parent.Records.Skip(10)]);
        await _world.Mapping().DeliverAsync(right.Records);
        await _world.Mapping().DeliverAsync(left.Records);

        await _world.AssertCleanAsync(parent, left, right);
        Assert.All((await _world.ProfilesAsync()).Values, profile => Assert.Equal(3, profile.Marks.Count));
    }

    [Fact]
    public async Task A_copy_that_a_producer_sends_again_counts_once()
    {
        var shard = new Shard();
        shard.Put(Shard.Event("ann", "i1", eventId: "e1"));
        shard.Put(Shard.Event("ann", "i1", eventId: "e1"));

        await _world.Function.FailuresAsync(shard.Records);

        Assert.Equal(1, (await _world.ProfilesAsync())[UserId.Parse("ann")].InteractionCount);
    }

    [Fact]
    public async Task What_is_delivered_again_after_an_erasure_stays_erased()
    {
        var shard = new Shard().Add(50);
        await _world.Function.FailuresAsync(shard.Records);

        await _world.SendAsync(new ForgetUser(UserId.Parse("u3")));
        await _world.Function.FailuresAsync(shard.Records);

        Assert.DoesNotContain(UserId.Parse("u3"), (await _world.ProfilesAsync()).Keys);
        // What arrives later is a new beginning.
        var later = shard.Put(Shard.Event("u3", "back"), "u3", _world.Time.GetUtcNow().AddMinutes(1));
        await _world.Function.FailuresAsync(shard.Records);
        var expected = CleanPass.Over(
            shard.Interactions.Where(one => one.UserId.Value is not "u3" || one.Position == Shard.PositionOf(later))
        );
        foreach (var (user, profile) in await _world.ProfilesAsync())
            CleanPass.SameCounts(expected[user], profile);
    }

    [Fact]
    public async Task Nothing_is_written_for_a_batch_that_changes_nothing()
    {
        var shard = new Shard().Add(20);
        await _world.Function.FailuresAsync(shard.Records);
        var saves = _world.Profiles.Saves.Count;

        await _world.Function.FailuresAsync(shard.Records);

        Assert.Equal(saves, _world.Profiles.Saves.Count);
    }

    [Fact]
    public async Task An_event_of_neither_kind_is_an_error()
    {
        var outcome = await _world.Function.InvokeAsync("""{"detail-type":"Scheduled Event"}"""u8.ToArray());

        Assert.True(outcome.IsError);
        Assert.Contains("neither", outcome.Text, StringComparison.Ordinal);
    }
}
