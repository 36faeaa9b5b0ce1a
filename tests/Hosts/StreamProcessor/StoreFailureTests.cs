using Recommendation.Application.Ports;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;
using Recommendation.Emulators;
using Recommendation.StreamProcessor.Tests.Given;

namespace Recommendation.StreamProcessor.Tests;

/// <summary>A store that fails delays; it never loses and never counts twice.</summary>
public sealed class StoreFailureTests : IAsyncLifetime
{
    private StreamWorld _world = null!;

    public async Task InitializeAsync() => _world = await StreamWorld.OpenAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task If_nothing_could_be_saved_the_invocation_fails()
    {
        var shard = new Shard().Add(100);
        _world.Profiles.Loading = _ => Fault.Throw(Fault.StoreDown);

        var outcome = await _world.Function.InvokeAsync(StreamedRecord.ToEvent(shard.Records));

        Assert.Equal((true, nameof(StoreUnavailableException)), (outcome.IsError, outcome.ErrorType));
        Assert.Contains("100 records", outcome.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_store_that_is_down_for_some_attempts_delays_and_loses_nothing(bool bisect)
    {
        var shard = new Shard().Add(350);
        var down = 5;
        _world.Profiles.Saving = _ => down-- > 0 ? Fault.Throw(Fault.StoreDown) : Task.CompletedTask;
        var mapping = _world.Mapping(new MappingOptions { BisectBatchOnFunctionError = bisect });

        await mapping.DeliverAsync(shard.Records);

        await _world.AssertCleanAsync(shard);
        Assert.Empty(mapping.GivenUp);
    }

    [Fact]
    public async Task A_table_that_fails_for_one_user_names_that_users_records_and_saves_the_others()
    {
        var shard = new Shard().Add(70);
        _world.Profiles.Outcome = profile =>
            profile.UserId.Value is "u3" ? SaveOutcome.Failed("The table is full.") : null;

        var failures = await _world.Function.FailuresAsync(shard.Records);

        Assert.Equal(
            shard.Records.Where(record => record.PartitionKey is "u3").Select(record => record.SequenceNumber),
            failures
        );
        Assert.Equal(6, (await _world.ProfilesAsync()).Count);
        await _world.Mapping(retrying: attempt =>
        {
            if (attempt == 4)
                _world.Profiles.Heal();
            return Task.CompletedTask;
        }).DeliverAsync(shard.Records);
        await _world.AssertCleanAsync(shard);
    }

    [Fact]
    public async Task A_save_whose_answer_is_lost_counts_once()
    {
        var shard = new Shard().Add(100);
        var lost = 2;
        _world.Profiles.Saved = () => lost-- > 0 ? Fault.Throw(Fault.StoreDown) : Task.CompletedTask;

        await _world.Mapping().DeliverAsync(shard.Records);

        await _world.AssertCleanAsync(shard);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_storm_of_conflicts_ends_in_the_same_profiles(int conflicts)
    {
        // Another function takes the other shard's events of the same users between our load and our save.
        var (ours, theirs) = (new Shard(1).Add(70), new Shard(2).Add(70));
        await using var other = new Function(_world.Register);
        await other.InitializeAsync();
        var meeting = 0;
        _world.Profiles.Saving = async _ =>
        {
            var meets = meeting++;
            if (meets >= conflicts)
                return;
            var saving = _world.Profiles.Saving;
            _world.Profiles.Saving = null;
            await other.FailuresAsync(theirs.Records.Skip(meets * 14).Take(14));
            _world.Profiles.Saving = saving;
        };

        await _world.Mapping().DeliverAsync(ours.Records);
        _world.Profiles.Saving = null;
        await _world.Mapping().DeliverAsync(theirs.Records);

        await _world.AssertCleanAsync(ours, theirs);
    }

    [Fact]
    public async Task A_profile_that_the_table_refuses_goes_to_quarantine_and_holds_up_nobody()
    {
        var shard = new Shard().Add(70);
        _world.Profiles.Outcome = profile =>
            profile.UserId.Value is "u3" ? SaveOutcome.Refused("The item is too large.") : null;

        Assert.Empty(await _world.Function.FailuresAsync(shard.Records));

        var kept = await _world.QuarantinedAsync();
        Assert.Equal(10, kept.Count);
        Assert.All(
            kept,
            record =>
                Assert.Equal((RejectionCode.RefusedByStore, "u3"), (record.Rejection.Code, record.UserId!.Value.Value))
        );
        Assert.Equal(6, (await _world.ProfilesAsync()).Count);
    }

    [Fact]
    public async Task A_deadline_before_the_batch_is_begun_fails_it_and_loses_nothing()
    {
        var shard = new Shard().Add(100);
        _world.Function.TimeLeft = TimeSpan.Zero;
        _world.Profiles.Loading = _ => Fault.Throw(new OperationCanceledException());

        var outcome = await _world.Function.InvokeAsync(StreamedRecord.ToEvent(shard.Records));

        Assert.True(outcome.IsError);
        _world.Function.TimeLeft = TimeSpan.FromMinutes(1);
        _world.Profiles.Heal();
        await _world.Mapping().DeliverAsync(shard.Records);
        await _world.AssertCleanAsync(shard);
    }

    [Fact]
    public async Task What_is_given_up_by_its_age_is_handed_over_and_the_rest_goes_on()
    {
        var shard = new Shard().Add(40);
        var mapping = _world.Mapping(
            new MappingOptions { BatchSize = 20, MaximumRecordAge = TimeSpan.FromHours(23) },
            attempt =>
            {
                if (attempt == 3)
                    _world.Time.Advance(TimeSpan.FromHours(24));
                return Task.CompletedTask;
            }
        );
        _world.Profiles.Saving = _ => Fault.Throw(Fault.StoreDown);

        await mapping.DeliverAsync(shard.Records);

        Assert.Equal(shard.Records, mapping.GivenUp);
    }
}
