using Recommendation.Application.Batches;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Batches;

/// <summary>No list outlives its user, whenever the erasure comes and whatever fails then.</summary>
public sealed class ErasureDuringRunTests : InWorld
{
    [Fact]
    public async Task A_user_erased_between_load_and_save_gets_no_list_and_is_skipped()
    {
        var user = await GivenAsync();
        EraseWhileRanking(user);

        var result = await World.SendAsync(new GenerateRecommendations(Some.Run, 0));

        Assert.Equal(new BatchCounts(2, 0, 0, 1), result.Counts);
        Assert.Null(await World.ListAsync(user));
    }

    [Fact]
    public async Task A_user_who_came_back_after_an_erasure_is_ranked_by_the_next_run()
    {
        await World.SendAsync(new UpdateProfiles([Some.Interaction(1)], []));
        await World.SendAsync(new ForgetUser(Some.Ann));
        World.Time.Advance(TimeSpan.FromSeconds(1));
        await World.SendAsync(
            new UpdateProfiles(
                [Some.Interaction(50) with { OccurredAt = World.Time.GetUtcNow(), ArrivedAt = World.Time.GetUtcNow() }],
                []
            )
        );

        var run = await World.SendAsync(new PlanBatch(Some.Run));

        Assert.Contains(Some.Ann, await World.Segments.UsersAsync(Some.Run, run.FirstSegment, CancellationToken.None));
    }

    [Fact]
    public async Task Nor_where_the_lists_were_saved_and_the_answer_was_lost()
    {
        var user = await GivenAsync();
        EraseWhileRanking(user);
        World.Lists.Saved = () => Fault.Throw(Fault.StoreDown);

        var result = await World.SendAsync(new GenerateRecommendations(Some.Run, 0));

        Assert.Equal(new BatchCounts(0, 0, 2, 1), result.Counts);
        Assert.Null(await World.ListAsync(user));
    }

    [Fact]
    public async Task Nor_where_the_check_fails_and_the_run_is_resumed()
    {
        var user = await GivenAsync();
        EraseWhileRanking(user);
        World.Lists.Saved = () =>
        {
            World.Profiles.Loading = _ => Fault.Throw(Fault.StoreDown);
            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            World.SendAsync(new GenerateRecommendations(Some.Run, 0))
        );
        World.Profiles.Heal();
        (World.Lists.Saved, World.Ranker.Before) = (null, null);

        World.Time.Advance(TimeSpan.FromHours(1));
        var run = await World.SendAsync(new RunBatch(Some.Run));

        Assert.Equal(new BatchCounts(2, 0, 0, 1), run.Counts);
        Assert.Null(await World.ListAsync(user));
    }

    [Fact]
    public async Task Nor_where_the_process_dies_between_save_and_check()
    {
        var user = await GivenAsync();
        EraseWhileRanking(user);
        World.Lists.Saved = () => Fault.Throw(new InvalidOperationException("Killed."));
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            World.SendAsync(new GenerateRecommendations(Some.Run, 0))
        );
        (World.Lists.Saved, World.Ranker.Before) = (null, null);

        await World.SendAsync(new GenerateRecommendations(Some.Run, 0));

        Assert.Null(await World.ListAsync(user));
    }

    private async Task<UserId> GivenAsync()
    {
        var users = await World.GivenActiveAsync(3);
        await World.SendAsync(new PlanBatch(Some.Run));
        World.Time.Advance(TimeSpan.FromMinutes(1));
        return users[1];
    }

    private void EraseWhileRanking(UserId user) =>
        World.Ranker.Before = (_, stop) => World.SendAsync(new ForgetUser(user), stop);
}
