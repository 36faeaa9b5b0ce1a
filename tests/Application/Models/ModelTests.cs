using Recommendation.Application.Erasures;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Tests.Models;

/// <summary>Models are trained on what may be known, published, and pointed at by one hand at a time.</summary>
public sealed class ModelTests : InWorld
{
    private static readonly ModelVersion s_other = ModelVersion.Parse("m2");

    [Fact]
    public async Task A_trained_model_is_published_and_becomes_the_current_one()
    {
        await AppendAsync(5);
        var progress = new List<TrainingProgress>();

        var model = (await World.SendAsync(new TrainModel(Progress: new Reports<TrainingProgress>(progress)))).Model;

        var listed = await World.SendAsync(new ListModels());
        Assert.Equal(model.Version, listed.Current.Version);
        Assert.Equal(model, Assert.Single(listed.Models));
        Assert.Equal((5, Some.Noon), (World.Trainer.Seen.Count, World.Trainer.Options!.AsOf));
        Assert.Equal([0, 1], progress.Select(report => report.Fraction));
        Assert.True(World.Trainer.Disposed);
    }

    [Fact]
    public async Task Who_was_erased_is_left_out()
    {
        await AppendAsync(6);
        // The tombstone is there, and the log is not rewritten yet.
        World.Log.Forgetting = () => throw new LogUnavailableException("The archive is being rewritten.");
        await World.SendAsync(new ForgetUser(Some.Ann));

        await World.SendAsync(new TrainModel());

        Assert.Equal(3, World.Trainer.Seen.Count);
        Assert.All(World.Trainer.Seen, one => Assert.Equal(Some.Bob, one.UserId));
    }

    [Fact]
    public async Task A_pointer_that_somebody_moved_meanwhile_is_left_where_it_is_and_that_is_said()
    {
        await World.PointAtAsync(Some.Model);
        World.Trainer.AfterReading = () => World.PointAtAsync(s_other);

        var problem = await Assert.ThrowsAsync<RefusedException>(() => World.SendAsync(new TrainModel()));

        Assert.Contains("m2", problem.Message, StringComparison.Ordinal);
        var listed = await World.SendAsync(new ListModels());
        Assert.Equal(s_other, listed.Current.Version);
        Assert.Contains(listed.Models, model => model.Version == ModelVersion.Parse("trained-on-0"));
        Assert.True(World.Trainer.Disposed);
    }

    [Fact]
    public async Task The_same_version_again_keeps_what_was_current_before_it()
    {
        await World.PointAtAsync(Some.Model);
        await World.SendAsync(new TrainModel());
        var before = await World.Models.CurrentAsync(CancellationToken.None);

        await World.SendAsync(new TrainModel());

        Assert.Equal(before, await World.Models.CurrentAsync(CancellationToken.None));
        Assert.Equal(Some.Model, before.Previous);
    }

    [Fact]
    public async Task A_training_that_fails_publishes_nothing()
    {
        World.Trainer.AfterReading = () => Fault.Throw(new RefusedException("Too little data."));

        await Assert.ThrowsAsync<RefusedException>(() => World.SendAsync(new TrainModel()));

        Assert.Empty((await World.SendAsync(new ListModels())).Models);
    }

    [Fact]
    public async Task A_published_model_can_be_promoted_and_promoting_the_current_one_changes_nothing()
    {
        await World.PointAtAsync(Some.Model);
        await World.PointAtAsync(s_other);

        var promoted = await World.SendAsync(new PromoteModel(Some.Model));

        Assert.Equal((Some.Model, s_other), (promoted.Version!.Value, promoted.Previous!.Value));
        Assert.Equal(promoted, await World.SendAsync(new PromoteModel(Some.Model)));
        await Assert.ThrowsAsync<RefusedException>(() => World.SendAsync(new PromoteModel(ModelVersion.Parse("m9"))));
    }

    [Fact]
    public async Task A_rollback_goes_to_the_model_before_and_a_second_one_not_back_to_the_one_rolled_back()
    {
        await Assert.ThrowsAsync<RefusedException>(() => World.SendAsync(new RollbackModel()));
        await World.PointAtAsync(Some.Model);
        await Assert.ThrowsAsync<RefusedException>(() => World.SendAsync(new RollbackModel()));
        await World.PointAtAsync(s_other);

        Assert.Equal(Some.Model, (await World.SendAsync(new RollbackModel())).Version);
        await Assert.ThrowsAsync<RefusedException>(() => World.SendAsync(new RollbackModel()));
        Assert.Equal(Some.Model, (await World.Models.CurrentAsync(CancellationToken.None)).Version);
    }

    private Task AppendAsync(int count) =>
        World.Log.AppendAsync(
            [
                .. Enumerable
                    .Range(1, count)
                    .Select(n => Some.Interaction(n, n % 2 == 0 ? Some.Ann : Some.Bob, arrived: Some.Noon)),
            ],
            CancellationToken.None
        );
}
