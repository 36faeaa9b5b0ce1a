using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Quarantine;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Profiles;

/// <summary>
/// A profile that the store will never take does not stop the partition: its interactions go to quarantine.
/// </summary>
public sealed class RefusedProfileTests : InWorld
{
    private readonly Interaction[] _log = Some.Interactions(10, Some.Ann, Some.Bob);

    public RefusedProfileTests() =>
        World.Profiles.Outcome = profile => profile.UserId == Some.Ann ? SaveOutcome.Refused("Too large.") : null;

    [Fact]
    public async Task Its_interactions_are_quarantined_with_the_reason_and_the_checkpoint_moves()
    {
        var result = await DeliverAsync(_log);

        var kept = await World.QuarantinedAsync();
        Assert.Equal(Of(Some.Ann), kept.Select(record => record.Position));
        Assert.All(kept, record => Assert.Equal((RejectionCode.RefusedByStore, "Too large.", Some.Ann),
            (record.Rejection.Code, record.Rejection.Message, record.UserId)));
        Assert.Equal((5, 5, 10), (result.Counted, result.Quarantined, result.Settled));
        Assert.Empty(result.Failed);
        Assert.Equal(Some.At(10), await World.CheckpointAsync());
    }

    [Fact]
    public async Task They_fail_while_the_quarantine_is_down_and_the_checkpoint_stays()
    {
        World.Quarantine.Adding = Fault.StoreDown;

        var result = await DeliverAsync(_log);

        Assert.Equal(Of(Some.Ann), result.Failed);
        Assert.Null(await World.CheckpointAsync());
        World.Profiles.Heal();
        await DeliverAsync(_log);
        await CleanPass.AssertAsync(World, _log);
    }

    [Fact]
    public async Task Redriven_once_the_store_takes_them_they_make_the_same_profile()
    {
        await DeliverAsync(_log);
        World.Profiles.Heal();

        await World.SendAsync(new RedriveQuarantine());
        await World.SendAsync(new CatchUpProfiles("local"));
        // The redriven ones are in the local log from its beginning; the batch's own are at positions of the test's.
        await World.SendAsync(new UpdateProfiles([.. (await World.LoggedAsync()).Select(InAnotherPartition)], []));

        var profile = (await World.ProfilesAsync())[Some.Ann];
        Assert.Equal(5, profile.InteractionCount);
        Assert.Equal(
            CleanPass.Over(_log)[Some.Ann].Recent.Select(recent => recent.ItemId),
            profile.Recent.Select(recent => recent.ItemId)
        );
    }

    [Fact]
    public async Task What_was_counted_before_is_not_quarantined_with_the_rest()
    {
        World.Profiles.Heal();
        await DeliverAsync(_log[..5]);
        World.Profiles.Outcome = _ => SaveOutcome.Refused("Too large.");
        var copy = Some.Interaction(11, Some.Ann, id: _log[9].EventId!.Value.Value);

        var result = await DeliverAsync([.. _log, copy]);

        Assert.Equal(
            _log[5..].Select(one => one.Position).ToHashSet(),
            (await World.QuarantinedAsync()).Select(record => record.Position).ToHashSet()
        );
        Assert.Equal(
            (5, 5, 1, 0, 11),
            (result.Quarantined, result.Redelivered, result.Repeated, result.Counted, result.Settled)
        );
    }

    [Fact]
    public async Task Positions_out_of_order_are_all_quarantined()
    {
        await DeliverAsync([.. _log.Reverse()]);

        Assert.Equal(Of(Some.Ann), (await World.QuarantinedAsync()).Select(record => record.Position));
    }

    private static Interaction InAnotherPartition(Interaction one) =>
        one with
        {
            Position = one.Position with { Partition = "redriven" },
        };

    private IEnumerable<Position> Of(UserId user) => _log.Where(one => one.UserId == user).Select(one => one.Position);

    private Task<UpdatedProfiles> DeliverAsync(Interaction[] batch) =>
        World.SendAsync(new UpdateProfiles(batch, [], Some.At(10)));
}
