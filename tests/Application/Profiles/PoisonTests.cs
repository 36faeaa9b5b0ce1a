using Recommendation.Application.Interactions;
using Recommendation.Application.Profiles;
using Recommendation.Application.Quarantine;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Tests.Profiles;

/// <summary>Records that are no events are kept aside and hold nobody up.</summary>
public sealed class PoisonTests : InWorld
{
    [Fact]
    public async Task One_poison_record_in_the_middle_of_a_users_events_is_quarantined_and_the_99_count()
    {
        var log = Some.Interactions(100, Some.Ann).Where(one => one.Position != Some.At(50)).ToArray();

        var result = await World.SendAsync(new UpdateProfiles(log, [Some.Poison(50)], Some.At(100)));

        Assert.Equal((99, 1, 100), (result.Counted, result.Quarantined, result.Settled));
        Assert.Empty(result.Failed);
        Assert.Equal(Some.At(50), Assert.Single(await World.QuarantinedAsync()).Position);
        Assert.Equal(Some.At(100), await World.CheckpointAsync());
        await CleanPass.AssertAsync(World, log);
    }

    [Fact]
    public async Task A_batch_of_nothing_but_poison_is_settled()
    {
        QuarantinedRecord[] poison = [.. Enumerable.Range(1, 20).Select(n => Some.Poison(n))];

        var first = await World.SendAsync(new UpdateProfiles([], poison, Some.At(20)));
        await World.SendAsync(new UpdateProfiles([], poison, Some.At(20)));

        Assert.Equal((20, 0), (first.Quarantined, first.Failed.Count));
        Assert.Equal(20, (await World.QuarantinedAsync()).Count);
        Assert.Equal(Some.At(20), await World.CheckpointAsync());
        Assert.Empty(World.Profiles.Loads);
    }

    [Fact]
    public async Task Poison_fails_while_the_quarantine_is_down_and_the_others_are_saved()
    {
        var log = Some.Interactions(3, Some.Ann);
        World.Quarantine.Adding = Fault.StoreDown;

        var result = await World.SendAsync(new UpdateProfiles(log, [Some.Poison(4)], Some.At(4)));

        Assert.Equal([Some.At(4)], result.Failed);
        Assert.Equal("The store does not answer.", result.FirstError);
        Assert.Equal((3, 0), (result.Counted, result.Quarantined));
        Assert.Null(await World.CheckpointAsync());

        World.Quarantine.Adding = null;
        var again = await World.SendAsync(new UpdateProfiles(log, [Some.Poison(4)], Some.At(4)));
        Assert.Empty(again.Failed);
        Assert.Single(await World.QuarantinedAsync());
        Assert.Equal(Some.At(4), await World.CheckpointAsync());
        await CleanPass.AssertAsync(World, log);
    }

    [Fact]
    public async Task A_record_5_minutes_and_1_second_ahead_is_validated_the_same_when_it_comes_again()
    {
        var ahead = Timestamps.Format(Some.Noon.AddMinutes(5).AddSeconds(1));
        var record = System.Text.Encoding.UTF8.GetBytes($$"""{"userId":"ann","itemId":"i1","timestamp":"{{ahead}}"}""");

        for (var delivery = 0; delivery < 2; delivery++)
        {
            var (accepted, rejected) = (new List<Interaction>(), new List<QuarantinedRecord>());
            EventDecoder.Decode(record, Some.At(1), Some.Noon, accepted, rejected);
            var result = await World.SendAsync(new UpdateProfiles(accepted, rejected));
            Assert.Equal((0, 1), (result.Counted, result.Quarantined));
            World.Time.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(RejectionCode.InvalidTime, Assert.Single(await World.QuarantinedAsync()).Rejection.Code);
        Assert.Empty(await World.ProfilesAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_quarantined_record_redriven_after_later_events_counts_once_however_often_it_is_redriven(
        int times
    )
    {
        var early = Timestamps.Format(Some.Noon.AddMinutes(-1));
        for (var i = 1; i <= 3; i++)
            await World.SendAsync(new AppendInteractions([Some.Event(i, item: $"i{i}")]));
        var poison = Some.Poison(99, $$"""{"userId":"ann","itemId":"late","timestamp":"{{early}}"}""", Some.Ann);
        await World.SendAsync(new UpdateProfiles(await World.LoggedAsync(), [poison]));

        for (var i = 0; i < times; i++)
        {
            // As if it died before the mark: the record is offered again, under the same id.
            World.Quarantine.Marking = i + 1 < times ? Fault.StoreDown : null;
            await Record.ExceptionAsync(() => World.SendAsync(new RedriveQuarantine()));
        }
        await World.SendAsync(new RedriveQuarantine());
        await World.SendAsync(new CatchUpProfiles("local"));

        var profile = (await World.ProfilesAsync())[Some.Ann];
        Assert.Equal(4, profile.InteractionCount);
        Assert.Equal("late", profile.Recent[^1].ItemId.Value);
        await CleanPass.AssertAsync(World, await World.LoggedAsync());
    }

    [Fact]
    public async Task What_is_rejected_is_quarantined_after_the_saves_and_before_the_checkpoint()
    {
        var log = Some.Interactions(3, Some.Ann);
        World.Quarantine.BeforeAdding = async (_, _) =>
        {
            Assert.Equal(3, (await World.ProfileAsync(Some.Ann))!.InteractionCount);
            Assert.Null(await World.CheckpointAsync());
        };

        var result = await World.SendAsync(new UpdateProfiles(log, [Some.Poison(4)], Some.At(4)));

        Assert.Equal((3, 1), (result.Counted, result.Quarantined));
        Assert.Equal(Some.At(4), await World.CheckpointAsync());
    }

    [Fact]
    public async Task A_quarantine_that_is_too_slow_for_the_deadline_keeps_what_it_took_and_holds_up_no_good_event()
    {
        var log = Some.Interactions(3, Some.Ann);
        QuarantinedRecord[] poison =
        [
            .. Enumerable.Range(10, (2 * UpdateProfiles.QuarantinedAtOnce) + 1).Select(n => Some.Poison(n)),
        ];
        using var deadline = new CancellationTokenSource();
        World.Quarantine.BeforeAdding = async (call, cancellationToken) =>
        {
            if (call == 2)
                await deadline.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        };

        var result = await World.SendAsync(new UpdateProfiles(log, poison, Some.At(5_000)), deadline.Token);

        Assert.Equal((3, UpdateProfiles.QuarantinedAtOnce), (result.Counted, result.Quarantined));
        Assert.Equal(poison.Skip(UpdateProfiles.QuarantinedAtOnce).Select(record => record.Position), result.Failed);
        Assert.Equal([UpdateProfiles.QuarantinedAtOnce, UpdateProfiles.QuarantinedAtOnce], World.Quarantine.Calls);
        Assert.Null(await World.CheckpointAsync());
    }
}
