using Recommendation.Application.Erasures;
using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Quarantine;
using Recommendation.Application.Receipts;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Profiles;

/// <summary>What is erased stays erased, whoever races with it.</summary>
public sealed class ForgetUserTests : InWorld
{
    [Fact]
    public async Task Everything_kept_of_a_user_goes_and_the_others_stay()
    {
        await GivenAnnAndBobAsync();

        var forgotten = await ForgetAsync();

        Assert.Equal(
            (3, 3, 1),
            (forgotten.InteractionsCounted, forgotten.InteractionsRemoved, forgotten.QuarantinedRemoved)
        );
        Assert.Null(await World.SendAsync(new GetProfile(Some.Ann)));
        Assert.Null(await World.ListAsync(Some.Ann));
        Assert.All(await World.LoggedAsync(), one => Assert.Equal(Some.Bob, one.UserId));
        Assert.Empty(await World.QuarantinedAsync());
        Assert.Equal(3, (await World.SendAsync(new GetProfile(Some.Bob)))!.InteractionCount);
        Assert.NotNull(await World.ListAsync(Some.Bob));
    }

    [Fact]
    public async Task Asking_again_is_harmless()
    {
        await GivenAnnAndBobAsync();
        await ForgetAsync();
        World.Time.Advance(TimeSpan.FromHours(1));

        var again = await ForgetAsync();

        Assert.Equal((0, 0, 0), (again.InteractionsCounted, again.InteractionsRemoved, again.QuarantinedRemoved));
        Assert.True((await World.ProfileAsync(Some.Ann))!.IsEmpty);
    }

    [Fact]
    public async Task A_user_who_was_never_seen_can_be_forgotten()
    {
        var forgotten = await ForgetAsync();

        Assert.Equal(0, forgotten.InteractionsCounted);
        Assert.Equal(forgotten.ErasedAt, (await World.ProfileAsync(Some.Ann))!.ErasedAt);
    }

    [Fact]
    public async Task A_writer_that_still_holds_the_old_profile_fails()
    {
        await GivenAnnAndBobAsync();
        var held = (await World.ProfileAsync(Some.Ann))!;
        await ForgetAsync();

        var outcomes = await World.Profiles.SaveAsync(
            [held.Apply([Some.Interaction(99)], ProfilePolicy.Default).Profile],
            checkpoint: null,
            CancellationToken.None
        );

        Assert.Equal([SaveOutcome.Conflict], outcomes);
        Assert.True((await World.ProfileAsync(Some.Ann))!.IsEmpty);
    }

    [Fact]
    public async Task An_update_that_races_with_the_erasure_drops_what_arrived_before_it()
    {
        await GivenAnnAndBobAsync();
        World.Profiles.Saving = async _ =>
        {
            World.Profiles.Saving = null;
            await ForgetAsync();
        };

        var result = await World.SendAsync(
            new UpdateProfiles([Some.Interaction(99, arrived: Some.Noon, partition: "shard")], [])
        );

        Assert.Equal((1, 0, 1), (result.Erased, result.Counted, result.Conflicts));
        Assert.True((await World.ProfileAsync(Some.Ann))!.IsEmpty);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public async Task An_erasure_that_meets_another_version_is_tried_again(int conflicts)
    {
        await GivenAnnAndBobAsync();
        var left = conflicts;
        World.Profiles.Outcome = _ => left-- > 0 ? SaveOutcome.Conflict : null;

        await ForgetAsync();

        Assert.True((await World.ProfileAsync(Some.Ann))!.IsEmpty);
    }

    [Fact]
    public async Task An_erasure_whose_tombstone_could_not_be_saved_touches_nothing_else_and_goes_on_later()
    {
        await GivenAnnAndBobAsync();
        World.Profiles.Outcome = _ => SaveOutcome.Failed("Slow down.");

        var begun = await ForgetAsync();

        Assert.False(begun.IsFinished);
        Assert.Contains("Slow down.", begun.Problem, StringComparison.Ordinal);
        Assert.Equal(6, (await World.LoggedAsync()).Count);
        Assert.NotNull(await World.ListAsync(Some.Ann));

        World.Profiles.Outcome = _ => null;
        await World.SendAsync(new CatchUpProfiles("local"));

        var finished = await World.SendAsync(new FindErasure(begun.Id));
        Assert.Equal((true, null, 3L), (finished.IsFinished, finished.Problem, finished.InteractionsRemoved));
        Assert.NotNull(finished.Receipt);
        Assert.All(await World.LoggedAsync(), one => Assert.Equal(Some.Bob, one.UserId));
    }

    [Fact]
    public async Task A_user_who_is_written_to_all_the_time_is_erased_all_the_same()
    {
        await GivenAnnAndBobAsync();
        var conflicts = 40;
        World.Profiles.Outcome = _ => conflicts-- > 0 ? SaveOutcome.Conflict : null;

        var forgetting = ForgetAsync();
        while (!forgetting.IsCompleted)
        {
            World.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.True((await forgetting).IsFinished);
        Assert.True((await World.ProfileAsync(Some.Ann))!.IsEmpty);
    }

    [Fact]
    public async Task What_is_appended_before_the_erasure_goes_and_what_is_appended_after_it_counts_also_at_the_same_time()
    {
        await World.SendAsync(new AppendInteractions([Some.Event(1)]));
        await ForgetAsync();
        await World.SendAsync(new AppendInteractions([Some.Event(2)]));

        await World.SendAsync(new CatchUpProfiles("local"));

        Assert.Equal(1, (await World.ProfileAsync(Some.Ann))!.InteractionCount);
        Assert.Equal(Some.Event(2).Event.EventId, Assert.Single(await World.LoggedAsync()).EventId?.Value);
    }

    [Fact]
    public async Task What_is_applied_between_the_erasures_record_and_its_tombstone_is_erased_from_profile_and_log()
    {
        await GivenAnnAndBobAsync();
        World.Profiles.Saving = async _ =>
        {
            World.Profiles.Saving = null;
            await World.SendAsync(new AppendInteractions([Some.Event(20)]));
            await World.SendAsync(new CatchUpProfiles("local"));
        };

        var forgotten = await ForgetAsync();

        Assert.Equal((4L, 4L), (forgotten.InteractionsCounted, forgotten.InteractionsRemoved));
        Assert.True((await World.ProfileAsync(Some.Ann))!.IsEmpty);
        Assert.All(await World.LoggedAsync(), one => Assert.Equal(Some.Bob, one.UserId));
        Assert.Equal(0, (await World.SendAsync(new RebuildProfiles())).Written);
    }

    [Fact]
    public async Task An_interrupted_erasure_that_goes_on_spares_what_came_since()
    {
        await GivenAnnAndBobAsync();
        World.Log.Forgetting = () => throw new LogUnavailableException("The disk is full.");
        var begun = await ForgetAsync();
        Assert.False(begun.IsFinished);
        World.Log.Forgetting = null;
        await World.SendAsync(new AppendInteractions([Some.Event(30)]));
        await World.SendAsync(new CatchUpProfiles("local"));

        Assert.True((await World.SendAsync(new FindErasure(begun.Id))).IsFinished);
        Assert.Equal(1, (await World.ProfileAsync(Some.Ann))!.InteractionCount);
        Assert.Single(await World.LoggedAsync(), one => one.UserId == Some.Ann);
        var rebuilt = await World.SendAsync(new RebuildProfiles());
        Assert.Equal((0, 0), (rebuilt.Written, rebuilt.Behind));
    }

    [Fact]
    public async Task An_erasure_that_was_asked_for_twice_spares_what_came_after_the_first_answer()
    {
        await GivenAnnAndBobAsync();
        World.Log.Forgetting = () => throw new LogUnavailableException("The disk is full.");
        var first = await ForgetAsync();
        // The client asks again, and that process dies with the record in the log and nothing erased.
        World.Profiles.Outcome = _ => SaveOutcome.Failed("Killed.");
        Assert.False((await ForgetAsync()).IsFinished);
        World.Profiles.Outcome = _ => null;
        World.Log.Forgetting = null;
        Assert.True(Assert.Single((await World.SendAsync(new ResumeErasures(first.Id))).Erasures).IsFinished);
        await World.SendAsync(new AppendInteractions([Some.Event(30)]));
        await World.SendAsync(new CatchUpProfiles("local"));

        Assert.All((await World.SendAsync(new ResumeErasures())).Erasures, one => Assert.True(one.IsFinished));
        Assert.Equal(1, (await World.ProfileAsync(Some.Ann))!.InteractionCount);
        Assert.Single(await World.LoggedAsync(), one => one.UserId == Some.Ann);
    }

    [Fact]
    public async Task An_erasure_is_listed_until_it_is_finished_and_then_keeps_its_receipt()
    {
        await GivenAnnAndBobAsync();
        World.Quarantine.Forgetting = () => throw new StoreUnavailableException("Busy.");
        var begun = await ForgetAsync();

        var open = Assert.Single((await World.SendAsync(new ListErasures())).Erasures);
        Assert.Equal((begun.Id, "Busy."), (open.Id, open.Problem));
        Assert.Equal(
            [
                PersonalDataPlaces.Profile,
                .. PersonalDataPlaces
                    .All.Skip(1)
                    .TakeWhile(place => place.Key != PersonalDataPlaces.Quarantine)
                    .Select(place => place.Key),
            ],
            open.PlacesDone
        );

        World.Quarantine.Forgetting = null;
        Assert.True(Assert.Single((await World.SendAsync(new ResumeErasures())).Erasures).IsFinished);
        Assert.Empty((await World.SendAsync(new ListErasures())).Erasures);
        var finished = Assert.Single((await World.SendAsync(new ListErasures(IncludeFinished: true))).Erasures);
        Assert.Null((await World.SendAsync(new VerifyReceipt(finished.Receipt!))).Problem);
        Assert.Equal(begun.Id.Value, finished.Receipt!.Receipt.ErasureId);
    }

    [Fact]
    public async Task Every_place_of_the_table_is_erased_and_named_in_the_receipt()
    {
        var forgotten = await ForgetAsync();

        Assert.Equal(
            PersonalDataPlaces
                .ErasedOn(DataPlatform.OneMachine)
                .Select(place => place.Key)
                .Order(StringComparer.Ordinal),
            forgotten.Receipt!.Receipt.Places!.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task What_arrives_from_the_next_millisecond_on_counts()
    {
        await ForgetAsync();
        World.Time.Advance(TimeSpan.FromMilliseconds(1));
        await World.SendAsync(new AppendInteractions([Some.Event(1)]));

        await World.SendAsync(new CatchUpProfiles("local"));

        Assert.Equal(1, (await World.ProfileAsync(Some.Ann))!.InteractionCount);
    }

    [Fact]
    public async Task A_quarantined_record_that_arrived_before_the_erasure_is_not_redriven()
    {
        World.Time.Advance(TimeSpan.FromMinutes(1));
        await ForgetAsync();
        // By a function that was slow: it arrived before the erasure.
        await World.Quarantine.AddAsync(
            [Some.Poison(1, """{"userId":"ann","itemId":"i1"}""", user: null)],
            CancellationToken.None
        );
        World.Time.Advance(TimeSpan.FromMinutes(1));

        var redriven = await World.SendAsync(new RedriveQuarantine());

        Assert.Equal((1, 0, 1), (redriven.Records, redriven.Appended, redriven.Dropped));
        Assert.Empty(await World.LoggedAsync());
    }

    private async Task GivenAnnAndBobAsync()
    {
        await World.SendAsync(new AppendInteractions(
            [.. Enumerable.Range(1, 6).Select(n => Some.Event(n, user: n % 2 == 0 ? "ann" : "bob"))]));
        await World.SendAsync(new CatchUpProfiles("local"));
        await World.SendAsync(new UpdateProfiles([], [Some.Poison(7, user: Some.Ann)]));
        await World.Lists.SaveAsync([.. new[] { Some.Ann, Some.Bob }.Select(user => new RecommendationList
        {
            UserId = user,
            Items = Some.Items("a"),
            Source = ListSource.Batch,
            UpdatedAt = Some.Noon,
        })], CancellationToken.None);
    }

    private Task<ForgottenUser> ForgetAsync() => World.SendAsync(new ForgetUser(Some.Ann));
}
