using Recommendation.Application.Batches;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Batches;

/// <summary>A segment's lists are left as one file, which holds what was saved.</summary>
public sealed class SegmentListsTests : InWorld
{
    [Fact]
    public async Task The_file_holds_the_lists_that_were_saved_and_no_others()
    {
        var users = await World.GivenActiveAsync(6);
        World.Ranker.Failing.Add(users[0]);
        World.Lists.Outcome = list => list.UserId == users[1] ? SaveOutcome.Failed("Slow down.") : null;

        await World.PlanAndRankAsync();

        Assert.Equal(users[2..].Order(), World.Files.Users(0).Order());
        foreach (var list in World.Files.Of(0))
            Assert.Equal(await World.ListAsync(list.UserId), list);
    }

    [Fact]
    public async Task A_segment_that_was_ranked_in_parts_leaves_one_file_of_all()
    {
        var users = await World.GivenActiveAsync(230);
        await World.SendAsync(new PlanBatch(Some.Run));
        var part = await World.SendAsync(
            new GenerateRecommendations(Some.Run, 0) { Deadline = World.Time.GetUtcNow() }
        );
        Assert.True(part.IsPartial);
        Assert.Empty(World.Files.Segments);

        for (var calls = 0; part.IsPartial && calls < 30; calls++)
            part = await World.SendAsync(
                new GenerateRecommendations(Some.Run, 0) { Progress = part, Deadline = World.Time.GetUtcNow() }
            );

        Assert.Equal(users.Order(), World.Files.Users(0).Order());
    }

    [Fact]
    public async Task Ranking_a_segment_again_replaces_its_file()
    {
        await World.GivenActiveAsync(3);
        await World.PlanAndRankAsync();
        var before = World.Files.Of(0);

        await World.SendAsync(new GenerateRecommendations(Some.Run, 0));

        Assert.Equal(before, World.Files.Of(0));
        Assert.Equal([0], World.Files.Segments);
    }

    [Fact]
    public async Task A_run_that_is_planned_anew_has_no_files_of_the_earlier_plan()
    {
        await World.GivenActiveAsync(3);
        await World.PlanAndRankAsync();
        var run = (await World.RunAsync())!;
        await World.Runs.SaveAsync(
            run with
            {
                State = BatchState.Planning,
                Segments = 0,
                Users = 0,
            },
            run,
            CancellationToken.None
        );
        await World.SendAsync(new CancelBatch(Some.Run));

        var again = await World.SendAsync(new PlanBatch(Some.Run));
        await World.SendAsync(new GenerateRecommendations(Some.Run, again.FirstSegment));

        Assert.True(again.FirstSegment > 0);
        Assert.Equal([again.FirstSegment], World.Files.Segments);
    }

    [Fact]
    public async Task A_user_who_is_erased_while_the_file_is_written_is_not_in_it()
    {
        var users = await World.GivenActiveAsync(3);
        await World.SendAsync(new PlanBatch(Some.Run));
        World.Files.Saved = async () =>
        {
            World.Files.Saved = () => Task.CompletedTask;
            await World.SendElsewhereAsync(new ForgetUser(users[1]));
        };

        await World.SendAsync(new GenerateRecommendations(Some.Run, 0));

        Assert.Equal(((UserId[])[users[0], users[2]]).Order(), World.Files.Users(0).Order());
    }
}
