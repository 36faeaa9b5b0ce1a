using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Quarantine;
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

        Assert.Equal((3, 3, 1), (forgotten.InteractionsCounted, forgotten.InteractionsRemoved, forgotten.QuarantinedRemoved));
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
            [held.Absorb([Some.Interaction(99)], ProfilePolicy.Default).Profile], checkpoint: null, CancellationToken.None);

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

        var result = await World.SendAsync(new UpdateProfiles([Some.Interaction(99, arrived: Some.Noon)], []));

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
    public async Task An_erasure_that_could_not_be_saved_is_said_and_nothing_else_is_touched()
    {
        await GivenAnnAndBobAsync();
        World.Profiles.Outcome = _ => SaveOutcome.Failed("Slow down.");

        var problem = await Assert.ThrowsAsync<StoreUnavailableException>(ForgetAsync);

        Assert.Contains("Slow down.", problem.Message, StringComparison.Ordinal);
        Assert.Equal(6, (await World.LoggedAsync()).Count);
        Assert.NotNull(await World.ListAsync(Some.Ann));
    }

    [Fact]
    public async Task What_arrives_within_the_millisecond_of_the_erasure_goes_as_well()
    {
        World.Time.Advance(TimeSpan.FromTicks(5_000));
        await World.SendAsync(new AppendInteractions([Some.Event(1)]));
        World.Time.Advance(TimeSpan.FromTicks(1));
        await ForgetAsync();
        World.Time.Advance(TimeSpan.FromTicks(1));
        await World.SendAsync(new AppendInteractions([Some.Event(2)]));

        await World.SendAsync(new CatchUpProfiles("local"));

        Assert.True((await World.ProfileAsync(Some.Ann))!.IsEmpty);
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
        await World.SendAsync(new UpdateProfiles([], [Some.Poison(1, """{"userId":"ann","itemId":"i1"}""", user: null)]));
        World.Time.Advance(TimeSpan.FromMinutes(1));
        await ForgetAsync();
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
