using Recommendation.Application.Erasures;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Application.Tests.Given;
using Recommendation.Application.Tests.Pipeline;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Tests.Models;

/// <summary>
/// A model becomes the current one if it is not worse on what neither it nor the current one was trained on.
/// </summary>
public sealed class GateTests : InWorld
{
    private const int Users = 100;
    private const byte Good = 1;
    private const byte Worse = 2;

    public GateTests()
    {
        World.Evaluator.Quality[Good] = (0.25, 0.5);
        World.Evaluator.Quality[Worse] = (0.1, 0.5);
    }

    [Fact]
    public async Task A_candidate_is_measured_on_the_newest_tenth_which_it_was_not_trained_on()
    {
        using var measured = new Measurements();
        await AppendDayAsync(0);

        var trained = await World.SendAsync(new TrainModel());

        Assert.True(trained.IsCurrent);
        Assert.Equal(0.25, measured.Sum("recommendation.model.ndcg"));
        Assert.Equal(Users * 9, World.Trainer.Seen.Count);
        Assert.Equal(
            (0.25, 0.5, Users),
            (
                trained.Model.Metrics["ndcg@10"],
                trained.Model.Metrics["coverage@10"],
                (int)trained.Model.Metrics["holdout.users"]
            )
        );
        var user = World.Evaluator.Measured[Good][0];
        Assert.Equal("i9", Assert.Single(user.Relevant).Value);
        Assert.Equal(
            Enumerable.Range(0, 9).Reverse().Select(item => $"i{item}"),
            user.History.Select(one => one.ItemId.Value)
        );
        Assert.True(Assert.Single((await World.SendAsync(new ListModels())).Models).Gate!.Passed);
    }

    [Fact]
    public async Task What_is_published_knows_all_interactions_and_says_what_was_measured()
    {
        await AppendDayAsync(0);

        var trained = await World.SendAsync(new TrainModel());

        Assert.Equal(Users * 10, World.Trainer.Refitted.Count);
        Assert.Equal((await World.LoggedAsync()).Max(one => one.OccurredAt), trained.Model.TrainedThrough);
        var listed = await World.SendAsync(new ListModels(Candidates: true));
        Assert.Equal(trained.Model.Version, listed.Current.Version);
        var candidate = listed.Models.Single(model => model.IsCandidate);
        Assert.Equal(World.Trainer.Seen.Max(one => one.OccurredAt), candidate.TrainedThrough);
        Assert.Equal(
            new RefitSource(candidate.Version, candidate.TrainedThrough!.Value, trained.Model.TrainedThrough!.Value),
            trained.Model.Refit
        );
        Assert.Equal(candidate.Metrics, trained.Model.Metrics);
        await Assert.ThrowsAsync<RefusedException>(() => World.SendAsync(new PromoteModel(candidate.Version)));
        Assert.Equal(
            candidate.Version,
            (await World.SendAsync(new PromoteModel(candidate.Version, Force: true))).Version
        );
    }

    [Theory]
    [InlineData(0.49, 3, Good, "shares 0.490 of the users' top 10")]
    [InlineData(0.8, 7, Good, "has 7 bytes")]
    [InlineData(0.8, 1, Good, "has 1 bytes")]
    [InlineData(0.8, 3, 9, "can't be loaded")]
    public async Task A_refit_that_is_not_like_its_candidate_is_kept_and_not_served(
        double shared,
        long bytes,
        byte mark,
        string reason
    )
    {
        await AppendDayAsync(0);
        (World.Evaluator.Shared, World.Trainer.RefitBytes, World.Trainer.RefitMark) = (shared, bytes, mark);

        var trained = await World.SendAsync(new TrainModel());

        Assert.False(trained.IsCurrent);
        Assert.Contains(reason, trained.Verdict.Reasons[^1], StringComparison.Ordinal);
        var listed = await World.SendAsync(new ListModels());
        Assert.Null(listed.Current.Version);
        Assert.False(Assert.Single(listed.Models).Gate!.Passed);
    }

    [Fact]
    public async Task Candidates_are_compared_and_refitted_models_are_pointed_at_and_rolled_back_to()
    {
        var first = await TrainAsync(day: 0, Good);
        var second = await TrainAsync(day: 1, Good);

        Assert.Contains("that of trained-on-900, the best of 1", second.Verdict.Reasons[0], StringComparison.Ordinal);
        Assert.DoesNotContain(
            second.Verdict.Reasons,
            reason => reason.Contains("was not compared", StringComparison.Ordinal)
        );
        Assert.Equal(
            ["refitted-on-1000", "refitted-on-2000"],
            new[] { first, second }.Select(one => one.Model.Version.Value)
        );
        Assert.Equal(first.Model.Version, (await World.SendAsync(new RollbackModel())).Version);
        Assert.True((await World.SendAsync(new GateModel(second.Model.Version))).Verdict.Passed);
    }

    [Fact]
    public async Task A_training_job_leaves_a_candidate_to_measure_and_a_refitted_model_to_promote()
    {
        await AppendDayAsync(0);
        var known = Some.Noon.AddDays(-10).AddHours(8.5);
        World.Artefacts.Places["s3://jobs/model.tar.gz"] = [Good, 7];
        World.Evaluator.InspectedCandidate = (
            FakeTrainer.Describe("job-candidate") with
            {
                TrainedThrough = known,
            },
            Good
        );
        World.Evaluator.Inspected = FakeTrainer.Describe("job-refit") with { TrainedThrough = Some.Noon };

        var gated = await World.SendAsync(new GateModel(Artefact: "s3://jobs/model.tar.gz"));

        Assert.True(gated.Verdict.Passed);
        Assert.Equal(("job-refit", "job-candidate"), (gated.Model.Version.Value, gated.Model.Refit!.Candidate.Value));
        Assert.Equal(0.25, gated.Model.Metrics["ndcg@10"]);
        Assert.Equal(
            gated.Model.Version,
            (await World.SendAsync(new PromoteModel(gated.Model.Version, gated.Expected))).Version
        );
        Assert.Equal(2, (await World.SendAsync(new ListModels(Candidates: true))).Models.Count);
    }

    [Fact]
    public async Task A_worse_model_is_published_and_turned_away_and_the_current_one_stays()
    {
        var first = await TrainAsync(day: 0, Good);
        var second = await TrainAsync(day: 1, Worse);

        Assert.False(second.IsCurrent);
        Assert.Contains("below the 0.2500", Assert.Single(second.Verdict.Reasons), StringComparison.Ordinal);
        var listed = await World.SendAsync(new ListModels());
        Assert.Equal(first.Model.Version, listed.Current.Version);
        Assert.False(listed.Models.Single(model => model.Version == second.Model.Version).Gate!.Passed);
    }

    [Fact]
    public async Task Who_knows_better_forces_it_at_once_or_afterwards()
    {
        await TrainAsync(day: 0, Good);
        var second = await TrainAsync(day: 1, Worse);

        await Assert.ThrowsAsync<RefusedException>(() => World.SendAsync(new PromoteModel(second.Model.Version)));
        Assert.Equal(
            second.Model.Version,
            (await World.SendAsync(new PromoteModel(second.Model.Version, Force: true))).Version
        );

        await AppendDayAsync(2);
        var third = await World.SendAsync(new TrainModel(Force: true));
        Assert.True(third.IsCurrent);
    }

    [Fact]
    public async Task Models_are_measured_anew_on_the_same_users_and_those_turned_away_are_left_out()
    {
        await TrainAsync(day: 0, Good);
        await TrainAsync(day: 1, Worse);
        World.Evaluator.Measured.Clear();

        var third = await TrainAsync(day: 2, Good);

        Assert.True(third.IsCurrent);
        Assert.Equal([Good], World.Evaluator.Measured.Keys);
        Assert.Contains("the best of 1", third.Verdict.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_holdout_is_newer_than_what_the_current_model_was_trained_on()
    {
        await AppendDayAsync(0);
        await PutAsync("all", Some.Noon.AddDays(-9).AddHours(8.5));
        await World.Models.PointAsync(ModelVersion.Parse("all"), ModelPointer.None, CancellationToken.None);
        await AppendDayAsync(1);

        await World.SendAsync(new TrainModel());

        Assert.Equal(Users * 19, World.Trainer.Seen.Count);
    }

    [Fact]
    public async Task A_current_model_that_knows_all_is_not_compared_and_that_is_said()
    {
        await AppendDayAsync(0);
        await PutAsync("all", Some.Noon);
        await World.Models.PointAsync(ModelVersion.Parse("all"), ModelPointer.None, CancellationToken.None);

        var trained = await World.SendAsync(new TrainModel());

        Assert.True(trained.IsCurrent);
        Assert.Contains("all was not compared", trained.Verdict.Reasons[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erased_users_are_not_measured_with()
    {
        await AppendDayAsync(0);
        World.Time.Advance(TimeSpan.FromDays(1));
        await World.SendAsync(new ForgetUser(Some.User(0)));

        await World.SendAsync(new TrainModel());

        Assert.Equal(Users - 1, World.Evaluator.Measured[Good].Count);
    }

    [Fact]
    public async Task An_artefact_of_a_training_job_is_published_if_it_is_whole_and_promoted_by_the_pointer_it_was_compared_with()
    {
        await AppendDayAsync(0);
        World.Artefacts.Places["s3://jobs/model.tar.gz"] = [Good, 7];
        await Assert.ThrowsAsync<StoredFormatException>(() =>
            World.SendAsync(new GateModel(Artefact: "s3://jobs/model.tar.gz"))
        );
        Assert.Empty((await World.SendAsync(new ListModels())).Models);
        await Assert.ThrowsAsync<RefusedException>(() =>
            World.SendAsync(new GateModel(Artefact: "s3://jobs/other.tar.gz"))
        );

        World.Evaluator.Inspected = FakeTrainer.Describe("job") with
        {
            TrainedThrough = Some.Noon.AddDays(-10).AddHours(8.5),
        };
        var gated = await World.SendAsync(new GateModel(Artefact: "s3://jobs/model.tar.gz"));
        Assert.Equal((true, false), (gated.Verdict.Passed, gated.IsCurrent));
        Assert.Null((await World.SendAsync(new ListModels())).Current.Version);

        var promoted = await World.SendAsync(new PromoteModel(gated.Model.Version, gated.Expected));
        Assert.Equal(promoted, await World.SendAsync(new PromoteModel(gated.Model.Version, gated.Expected)));
        await PutAsync("late", Some.Noon);
        await Assert.ThrowsAsync<RefusedException>(() =>
            World.SendAsync(new PromoteModel(ModelVersion.Parse("late"), gated.Expected))
        );
    }

    [Fact]
    public async Task A_model_that_nothing_can_be_measured_of_is_turned_away_where_there_is_one_to_lose()
    {
        await AppendDayAsync(0);
        await PutAsync("job", Some.Noon);
        Assert.True((await World.SendAsync(new GateModel())).Verdict.Passed);
        await World.PointAtAsync(Some.Model);

        var gated = await World.SendAsync(new GateModel(ModelVersion.Parse("job")));

        Assert.False(gated.Verdict.Passed);
        Assert.StartsWith("Only 0 users", gated.Verdict.Reasons[0], StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => World.SendAsync(new GateModel(ModelVersion.Parse("none"))));
    }

    private async Task<GatedModel> TrainAsync(int day, byte mark)
    {
        await AppendDayAsync(day);
        World.Trainer.Mark = mark;
        return await World.SendAsync(new TrainModel());
    }

    private async Task PutAsync(string version, DateTimeOffset through)
    {
        using var artefact = new MemoryStream([Good]);
        await World.Models.PutAsync(
            FakeTrainer.Describe(version) with { TrainedThrough = through }, artefact, CancellationToken.None);
    }

    /// <summary>
    /// Ten days before noon and on: every hour of ten, each user comes to an item of its own for the first time.
    /// </summary>
    private Task AppendDayAsync(int day) => World.Log.AppendAsync(
        [.. from hour in Enumerable.Range(day * 10, 10)
            from user in Enumerable.Range(0, Users)
            let at = Some.Noon.AddDays(day - 10).AddHours(hour % 10).AddSeconds(user)
            select Some.Interaction((hour * Users) + user + 1, Some.User(user), $"i{hour}", at: at, arrived: at)],
        CancellationToken.None);
}
