using Recommendation.Application.Batches;
using Recommendation.Application.Ports;
using Recommendation.Application.Tests.Given;
using Recommendation.Application.Tests.Pipeline;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Batches;

/// <summary>The lists of the last run are measured on what happened after it began.</summary>
public sealed class EvaluateStoredListsTests : InWorld
{
    private const int Users = 40;
    private long _sequence;

    [Fact]
    public async Task Lists_are_measured_on_items_that_are_new_to_their_users_and_came_after_the_run()
    {
        using var measured = new Measurements();
        var run = await CompletedAsync();
        for (var user = 0; user < Users; user++)
        {
            await AppendAsync(user, "old", TimeSpan.FromDays(-2));
            // Every second user comes to the second item of the list; what was known or is disliked does not count.
            if (user % 2 == 0)
                await AppendAsync(user, "second", TimeSpan.FromHours(1));
            await AppendAsync(user, "elsewhere", TimeSpan.FromHours(2));
            await AppendAsync(user, "old", TimeSpan.FromHours(3));
            await AppendAsync(user, "first", TimeSpan.FromHours(3), "dislike");
        }
        await AppendAsync(Users, "second", TimeSpan.FromHours(1)); // has no list
        await SaveAsync(run, Users);
        World.Time.Advance(TimeSpan.FromDays(1));

        var quality = await World.SendAsync(new EvaluateStoredLists());

        Assert.Equal((run.Id, Users, 1, true), (quality.Run.Id, quality.Users, quality.WithoutList, quality.IsTelling));
        Assert.Equal(0.25, quality.Recall, 1e-12);
        Assert.Equal(0.5, quality.HitRate, 1e-12);
        Assert.Equal(0.5 * (1 / Math.Log2(3)) / (1 + (1 / Math.Log2(3))), quality.Ndcg, 1e-12);
        Assert.Equal(quality.Ndcg, measured.Sum("recommendation.lists.ndcg"), 1e-12);
    }

    [Fact]
    public async Task With_few_users_it_says_so_and_records_no_metric()
    {
        using var measured = new Measurements();
        var run = await CompletedAsync();
        await AppendAsync(0, "second", TimeSpan.FromHours(1));
        await SaveAsync(run, 1);
        World.Time.Advance(TimeSpan.FromDays(1));

        var quality = await World.SendAsync(new EvaluateStoredLists());

        Assert.Equal((1, false), (quality.Users, quality.IsTelling));
        Assert.Equal(0, measured.Sum("recommendation.lists.ndcg"));
    }

    [Fact]
    public async Task Without_a_completed_run_it_says_what_to_do()
    {
        var problem = await Assert.ThrowsAsync<RefusedException>(() => World.SendAsync(new EvaluateStoredLists()));

        Assert.Equal(NextStep.StartRun, problem.Hint?.Step);
    }

    private async Task<BatchRun> CompletedAsync()
    {
        await World.SendAsync(new PlanBatch(Some.Run));
        return await World.SendAsync(new CompleteBatch(Some.Run));
    }

    private Task AppendAsync(int user, string item, TimeSpan afterRun, string type = "view") =>
        World.Log.AppendAsync(
            [
                Some.Interaction(
                    ++_sequence,
                    Some.User(user),
                    item,
                    at: Some.Noon + afterRun,
                    arrived: Some.Noon + afterRun
                ) with
                {
                    Type = InteractionType.Parse(type),
                },
            ],
            CancellationToken.None
        );

    private async Task SaveAsync(BatchRun run, int users) =>
        await World.Lists.SaveAsync(
            [
                .. Enumerable
                    .Range(0, users)
                    .Select(user => new RecommendationList
                    {
                        UserId = Some.User(user),
                        Items = RankedItems.From(
                            [new(ItemId.Parse("first"), Score.Of(2)), new(ItemId.Parse("second"), Score.Of(1))],
                            10
                        ),
                        Source = ListSource.Batch,
                        UpdatedAt = run.StartedAt,
                        RunId = run.Id,
                    }),
            ],
            CancellationToken.None
        );
}
