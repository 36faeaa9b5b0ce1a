using Recommendation.Application.Batches;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Items;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Batches;

/// <summary>Every user of a segment ends as ranked, fallback, failed or skipped.</summary>
public sealed class GenerateRecommendationsTests : InWorld
{
    [Fact]
    public async Task Each_user_is_accounted_for_once()
    {
        var users = await World.GivenActiveAsync(450);
        World.Ranker.Unknown.UnionWith(users[..40]);
        World.Ranker.Failing.UnionWith(users[40..70]);
        var unsaved = users[70..75].ToHashSet();
        World.Lists.Outcome = list => unsaved.Contains(list.UserId) ? SaveOutcome.Failed("Slow down.") : null;
        await World.SendAsync(new PlanBatch(Some.Run));
        World.Time.Advance(TimeSpan.FromMinutes(1));
        foreach (var user in users[75..78])
            await World.SendAsync(new ForgetUser(user));

        var result = await World.SendAsync(new GenerateRecommendations(Some.Run, 0));

        Assert.Equal(new BatchCounts(Ranked: 372, Fallback: 40, Failed: 35, Skipped: 3), result.Counts);
        Assert.Equal((450, 412 * 5L), (result.Counts.Active, result.Recommendations));
        Assert.NotNull(result.FirstError);
        Assert.Equal(412, await World.Lists.AllAsync(CancellationToken.None).CountAsync());
    }

    [Fact]
    public async Task A_list_names_what_it_was_made_from()
    {
        var user = (await World.GivenActiveAsync(1))[0];
        await World.Catalog.PutAsync(
            [new CatalogItem(Some.Item("b"), "B", [], Available: false)],
            CancellationToken.None
        );
        World.Ranker.Items = ["seen", "a", "b", "c"];

        await World.PlanAndRankAsync();

        var list = (await World.ListAsync(user))!;
        Assert.Equal(["a", "c"], list.Items.Select(item => item.ItemId.Value));
        Assert.Equal((ListSource.Batch, Some.Noon, Some.Model, Some.Run, 1L),
            (list.Source, list.UpdatedAt, list.ModelVersion!.Value, list.RunId!.Value, list.ProfileVersion));
    }

    [Fact]
    public async Task Users_that_the_ranker_failed_keep_the_list_they_had()
    {
        var users = await World.GivenActiveAsync(2);
        var before = await World.GivenListAsync(users[0]);
        World.Ranker.Failing.Add(users[0]);

        var result = await World.PlanAndRankAsync();

        Assert.Equal((new BatchCounts(1, 0, 1, 0), "The model fell over."), (result.Counts, result.FirstError));
        Assert.Equal(before, await World.ListAsync(users[0]));
    }

    [Fact]
    public async Task A_ranker_that_is_down_fails_its_call_and_not_the_others()
    {
        var users = await World.GivenActiveAsync(401);
        var before = await World.GivenListAsync(users[0]);
        World.Ranker.Before = (request, _) => request.Users.Any(query => query.UserId == users[0])
            ? Fault.Throw(new RankerUnavailableException("The endpoint is down.")) : Task.CompletedTask;

        var result = await World.PlanAndRankAsync();

        Assert.Equal(401, result.Counts.Active);
        Assert.InRange(result.Counts.Failed, 1, GenerateRecommendations.UsersPerCall);
        Assert.Equal(("The endpoint is down.", 401 - result.Counts.Failed), (result.FirstError, result.Counts.Ranked));
        Assert.Equal(before, await World.ListAsync(users[0]));
    }

    [Fact]
    public async Task Calls_hold_at_most_200_users_and_at_most_8_are_under_way()
    {
        await World.GivenActiveAsync(2000);
        var (now, most) = (0, 0);
        var counting = new Lock();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        World.Ranker.Before = async (_, _) =>
        {
            lock (counting)
            {
                most = Math.Max(most, ++now);
                if (now == GenerateRecommendations.CallsInFlight)
                    gate.TrySetResult();
            }
            await gate.Task;
            lock (counting)
                now--;
        };

        await World.PlanAndRankAsync();

        Assert.Equal(
            Enumerable.Repeat(GenerateRecommendations.UsersPerCall, 10),
            World.Ranker.Requests.Select(request => request.Users.Count)
        );
        Assert.Equal(GenerateRecommendations.CallsInFlight, most);
    }

    [Fact]
    public async Task Profiles_that_can_not_be_loaded_fail_and_the_run_goes_on()
    {
        await World.GivenActiveAsync(5);
        await World.SendAsync(new PlanBatch(Some.Run));
        World.Profiles.Loading = _ => Fault.Throw(Fault.StoreDown);

        var result = await World.SendAsync(new GenerateRecommendations(Some.Run, 0));

        Assert.Equal((new BatchCounts(0, 0, 5, 0), "The store does not answer."), (result.Counts, result.FirstError));
    }

    [Fact]
    public async Task The_recorded_result_stands_when_a_segment_is_ranked_again()
    {
        var users = await World.GivenActiveAsync(3);
        World.Ranker.Failing.Add(users[0]);
        var first = await World.PlanAndRankAsync();
        World.Ranker.Failing.Clear();

        var again = await World.SendAsync(new GenerateRecommendations(Some.Run, 0));

        Assert.Equal(first, again);
        Assert.Equal(first, Assert.Single((await World.SendAsync(new ShowBatch(Some.Run))).Segments));
    }

    [Fact]
    public async Task A_segment_ranked_again_makes_the_same_lists()
    {
        var users = await World.GivenActiveAsync(3);
        await World.PlanAndRankAsync();
        var before = await World.ListAsync(users[0]);
        World.Time.Advance(TimeSpan.FromMinutes(5));

        await World.SendAsync(new GenerateRecommendations(Some.Run, 0));

        Assert.Equal(before, await World.ListAsync(users[0]));
    }

    [Fact]
    public async Task The_model_that_the_run_began_with_ranks_though_another_is_promoted()
    {
        var users = await World.GivenActiveAsync(3);
        await World.SendAsync(new PlanBatch(Some.Run));
        await World.PointAtAsync(ModelVersion.Parse("m2"));

        await World.SendAsync(new GenerateRecommendations(Some.Run, 0));

        Assert.Equal(Some.Model, Assert.Single(World.Ranker.Requests).Model);
        Assert.Equal(Some.Model, (await World.ListAsync(users[0]))!.ModelVersion);
    }

    [Fact]
    public async Task A_run_that_began_without_a_model_gives_the_popular_items_though_one_is_trained_meanwhile()
    {
        var users = await World.GivenActiveAsync(3, model: false);
        World.Ranker.Items = ["seen", "a"];
        await World.SendAsync(new PlanBatch(Some.Run));
        await World.PointAtAsync(Some.Model);

        var result = await World.SendAsync(new GenerateRecommendations(Some.Run, 0));

        Assert.Equal(new BatchCounts(0, 3, 0, 0), result.Counts);
        var list = (await World.ListAsync(users[0]))!;
        Assert.Equal((ListSource.Popular, "a"), (list.Source, Assert.Single(list.Items).ItemId.Value));
    }

    [Fact]
    public async Task A_lease_that_another_run_took_is_refused()
    {
        await World.GivenActiveAsync(3);
        await World.SendAsync(new PlanBatch(Some.Run));
        World.Time.Advance(TimeSpan.FromMinutes(21));
        await World.SendAsync(new PlanBatch(BatchRunId.Parse("run-2")));

        var problem = await Assert.ThrowsAsync<RefusedException>(() =>
            World.SendAsync(new GenerateRecommendations(Some.Run, 0))
        );

        Assert.Contains("lost its lease to run run-2", problem.Message, StringComparison.Ordinal);
        Assert.Empty(World.Ranker.Requests);
    }

    [Fact]
    public async Task Each_segment_renews_the_lease()
    {
        await World.GivenActiveAsync(3);
        await World.SendAsync(new PlanBatch(Some.Run));
        World.Time.Advance(TimeSpan.FromMinutes(19));
        await World.SendAsync(new GenerateRecommendations(Some.Run, 0));
        World.Time.Advance(TimeSpan.FromMinutes(19));

        await Assert.ThrowsAsync<RefusedException>(() => World.SendAsync(new PlanBatch(BatchRunId.Parse("run-2"))));
    }

    [Fact]
    public async Task A_segment_of_a_cancelled_completed_or_unknown_run_is_refused()
    {
        await World.GivenActiveAsync(3);
        await Assert.ThrowsAsync<RefusedException>(() => World.SendAsync(new GenerateRecommendations(Some.Run, 0)));
        await World.SendAsync(new PlanBatch(Some.Run));
        await World.SendAsync(new CancelBatch(Some.Run));
        await Assert.ThrowsAsync<RefusedException>(() => World.SendAsync(new GenerateRecommendations(Some.Run, 0)));
        World.Time.Advance(TimeSpan.FromHours(1));
        await World.SendAsync(new RunBatch(Some.Run));
        await Assert.ThrowsAsync<RefusedException>(() => World.SendAsync(new GenerateRecommendations(Some.Run, 0)));
    }

    [Fact]
    public async Task A_segment_that_was_not_frozen_is_said()
    {
        await World.SendAsync(new PlanBatch(Some.Run));

        await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            World.SendAsync(new GenerateRecommendations(Some.Run, 0))
        );
    }
}
