using System.Text;
using Recommendation.Application.Quarantine;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;
using Recommendation.StreamProcessor.Tests.Given;

namespace Recommendation.StreamProcessor.Tests;

/// <summary>What is no event goes to quarantine, and never holds up what is.</summary>
public sealed class PoisonTests : IAsyncLifetime
{
    private StreamWorld _world = null!;

    public async Task InitializeAsync() => _world = await StreamWorld.OpenAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task One_poison_record_among_99_good_ones_is_kept_apart_and_the_others_count()
    {
        var shard = new Shard().Add(50);
        var poison = shard.Put("""{"userId":"u3","itemId":""", "u3");
        shard.Add(49);

        Assert.Empty(await _world.Function.FailuresAsync(shard.Records));
        Assert.Empty(await _world.Function.FailuresAsync(shard.Records));

        await _world.AssertCleanAsync(shard);
        Assert.Equal(99, (await _world.ProfilesAsync()).Values.Sum(profile => profile.InteractionCount));
        var kept = Assert.Single(await _world.QuarantinedAsync());
        Assert.Equal((Shard.PositionOf(poison), RejectionCode.Malformed), (kept.Position, kept.Rejection.Code));
        Assert.Equal("""{"userId":"u3","itemId":""", Encoding.UTF8.GetString(kept.Raw.Span));
    }

    [Fact]
    public async Task A_batch_of_poison_is_handled_and_no_error()
    {
        var shard = new Shard();
        for (var i = 0; i < 100; i++)
            shard.Put($"not json {i}");

        Assert.Empty(await _world.Function.FailuresAsync(shard.Records));

        Assert.Equal(100, (await _world.QuarantinedAsync()).Count);
        Assert.Empty(await _world.ProfilesAsync());
    }

    [Fact]
    public async Task A_bad_event_in_an_array_is_rejected_alone_under_its_own_place()
    {
        var shard = new Shard();
        var record = shard.Put($"[{Shard.Event("ann", "i1")},{{\"userId\":\"ann\"}},{Shard.Event("ann", "i2")}]");

        Assert.Empty(await _world.Function.FailuresAsync(shard.Records));

        Assert.Equal(2, (await _world.ProfilesAsync())[UserId.Parse("ann")].InteractionCount);
        Assert.Equal(
            Shard.PositionOf(record) with
            {
                Index = 1,
            },
            Assert.Single(await _world.QuarantinedAsync()).Position
        );
    }

    [Fact]
    public async Task If_the_quarantine_fails_the_record_fails_and_comes_again()
    {
        var shard = new Shard().Add(5);
        var poison = shard.Put("oops");
        shard.Add(5);
        _world.Quarantine.Adding = Fault.StoreDown;

        Assert.Equal([poison.SequenceNumber], await _world.Function.FailuresAsync(shard.Records));

        await _world.Mapping(retrying: _ =>
        {
            _world.Quarantine.Adding = null;
            return Task.CompletedTask;
        }).DeliverAsync(shard.Records);
        await _world.AssertCleanAsync(shard);
        Assert.Single(await _world.QuarantinedAsync());
    }

    [Fact]
    public async Task A_record_5_minutes_and_1_second_ahead_is_rejected_however_often_and_whenever_it_comes()
    {
        var shard = new Shard();
        var arrival = Shard.Noon.AddHours(1);
        shard.Put(Shard.Event("ann", "ahead", arrival.AddMinutes(5).AddSeconds(1)), arrivedAt: arrival);
        shard.Put(Shard.Event("ann", "just", arrival.AddMinutes(5)), arrivedAt: arrival);

        await _world.Function.FailuresAsync(shard.Records);
        _world.Time.Advance(TimeSpan.FromHours(3));
        await _world.Function.FailuresAsync(shard.Records);

        Assert.Equal("just", (await _world.ProfilesAsync())[UserId.Parse("ann")].LastItemId!.Value.Value);
        Assert.Equal(RejectionCode.InvalidTime, Assert.Single(await _world.QuarantinedAsync()).Rejection.Code);
        await _world.AssertCleanAsync(shard);
    }

    [Fact]
    public async Task A_record_redriven_after_later_events_counts_once_though_it_is_redriven_twice()
    {
        var shard = new Shard();
        var arrival = Shard.Noon.AddHours(1);
        shard.Put(Shard.Event("ann", "early", arrival.AddHours(1)), "ann", arrival);
        shard.Put(Shard.Event("ann", "late", arrival), "ann", arrival);
        await _world.Function.FailuresAsync(shard.Records);
        // In time by now, and validated anew.
        _world.Time.Advance(TimeSpan.FromHours(6));
        var log = new ShardLog(shard, _world.Time.GetUtcNow());

        await _world.SendAsync(new RedriveQuarantine(), log);
        await _world.Function.FailuresAsync(shard.Records.Skip(2));
        await _world.Quarantine.MarkAsync([], QuarantineEnd.Redriven, _world.Time.GetUtcNow(), CancellationToken.None);
        // The mark of the first redrive was lost: the same record once more, under the same event id.
        shard.Put(shard[2].Data.ToArray(), "ann", _world.Time.GetUtcNow());
        await _world.Function.FailuresAsync(shard.Records);

        var profile = (await _world.ProfilesAsync())[UserId.Parse("ann")];
        Assert.Equal((2L, "early"), (profile.InteractionCount, profile.LastItemId!.Value.Value));
        Assert.Empty(await _world.Quarantine.ListAsync(includeSettled: false, CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task Where_the_key_must_be_the_user_a_record_keyed_otherwise_is_rejected()
    {
        await using var world = await StreamWorld.OpenAsync(name => name is "PARTITION_KEY_IS_USER" ? "true" : null);
        var shard = new Shard();
        shard.Put(Shard.Event("ann", "i1"), "ann");
        shard.Put(Shard.Event("ann", "i2"), "bob");
        shard.Put($"[{Shard.Event("bob", "i3")},{Shard.Event("ann", "i4")}]", "bob");
        shard.Put(Aggregated.Of(("ann", Shard.Event("ann", "i5"))), "ann");

        Assert.Empty(await world.Function.FailuresAsync(shard.Records));

        var profiles = await world.ProfilesAsync();
        Assert.Equal(
            (1L, 1L),
            (profiles[UserId.Parse("ann")].InteractionCount, profiles[UserId.Parse("bob")].InteractionCount)
        );
        var kept = await world.QuarantinedAsync();
        Assert.Equal(3, kept.Count);
        Assert.All(
            kept,
            record => Assert.Equal((RejectionCode.WrongKey, "ann"), (record.Rejection.Code, record.UserId!.Value.Value))
        );
    }
}
