using Recommendation.Application.Batches;
using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Tests.Given;

namespace Recommendation.Application.Tests.Pipeline;

/// <summary>The numbers that alarms read, under the names that are documented.</summary>
public sealed class TelemetryTests : InWorld
{
    [Fact]
    public async Task A_batch_of_the_log_is_measured()
    {
        using var measured = new Measurements();
        var log = Some.Interactions(10, Some.Ann, Some.Bob);
        World.Time.Advance(TimeSpan.FromMinutes(1));
        await World.SendAsync(
            new UpdateProfiles([.. log, log[0], Some.Interaction(11, log[9].UserId, id: "e10")], [Some.Poison(12)])
        );
        World.Profiles.Outcome = profile =>
            profile.UserId == Some.Ann ? SaveOutcome.Failed("Slow down.") : SaveOutcome.Conflict;
        await World.SendAsync(new UpdateProfiles([Some.Interaction(13), Some.Interaction(14, Some.Bob)], []));

        Assert.Equal(10, measured.Sum("recommendation.records.accepted"));
        Assert.Equal(1, measured.Sum("recommendation.records.duplicated", "by=log"));
        Assert.Equal(1, measured.Sum("recommendation.records.duplicated", "by=producer"));
        Assert.Equal(1, measured.Sum("recommendation.records.rejected", "reason=malformed"));
        Assert.Equal(2, measured.Sum("recommendation.records.failed"));
        Assert.Equal(2, measured.Sum("recommendation.profiles.written"));
        Assert.Equal(4, measured.Sum("recommendation.profiles.conflicts"));
        Assert.Equal(59_000 + 47_000, measured.Sum("recommendation.records.lag"));
    }

    [Fact]
    public async Task Rejected_events_of_a_request_are_measured_by_reason()
    {
        using var measured = new Measurements();

        await World.SendAsync(
            new AppendInteractions([Some.Event(1), Some.Event(2, user: ""), Some.Event(3, item: "")])
        );

        Assert.Equal(1, measured.Sum("recommendation.records.rejected", "reason=invalid-user"));
        Assert.Equal(1, measured.Sum("recommendation.records.rejected", "reason=invalid-item"));
    }

    [Fact]
    public async Task A_run_is_measured_once_however_often_it_is_completed()
    {
        using var measured = new Measurements();
        var users = await World.GivenActiveAsync(10);
        World.Ranker.Failing.UnionWith(users[..2]);
        World.Ranker.Unknown.UnionWith(users[2..5]);

        await World.SendAsync(new RunBatch(Some.Run));
        await World.SendAsync(new CompleteBatch(Some.Run));

        Assert.Equal(1, measured.Sum("recommendation.batch.runs", "state=completed"));
        Assert.Equal(5, measured.Sum("recommendation.batch.users", "outcome=ranked"));
        Assert.Equal(3, measured.Sum("recommendation.batch.users", "outcome=fallback"));
        Assert.Equal(2, measured.Sum("recommendation.batch.users", "outcome=failed"));
        Assert.Equal(1, measured.Count("recommendation.ranking.duration"));
    }

    [Fact]
    public async Task A_skipped_and_a_cancelled_run_are_measured_as_such()
    {
        using var measured = new Measurements();
        await World.SendAsync(new PlanBatch(Some.Run));

        await World.SendAsync(new RunBatch(Domain.Batches.BatchRunId.Parse("run-2"), SkipIfBusy: true));
        await World.SendAsync(new CancelBatch(Some.Run));
        await World.SendAsync(new CancelBatch(Some.Run));

        Assert.Equal(1, measured.Sum("recommendation.batch.runs", "state=skipped"));
        Assert.Equal(1, measured.Sum("recommendation.batch.runs", "state=cancelled"));
    }

    [Fact]
    public async Task A_list_that_is_shown_is_measured_by_source_and_age()
    {
        using var measured = new Measurements();
        await World.SendAsync(new UpdateProfiles([Some.Interaction(1)], []));
        await World.GivenListAsync(Some.Ann);

        await World.SendAsync(new Recommend(Some.Ann, 1));

        Assert.Equal(1, measured.Sum("recommendation.lists.shown", "source=batch"));
        Assert.Equal(86_400, measured.Sum("recommendation.list.age"));
    }
}
