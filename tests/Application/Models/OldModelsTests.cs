using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Tests.Models;

/// <summary>A nightly training does not fill the disk, and nothing goes that somebody needs.</summary>
public sealed class OldModelsTests : InWorld
{
    [Fact]
    public async Task After_a_training_the_newest_models_are_left_and_a_rollback_finds_its_model()
    {
        World.Services.GetRequiredService<RecommendationOptions>().KeptModels = 3;
        for (var night = 0; night < 6; night++)
            await World.PointAtAsync(ModelVersion.Parse($"night-{night}"));

        await World.SendAsync(new TrainModel());

        var listed = await World.SendAsync(new ListModels());
        var left = listed.Models.Select(model => model.Version).ToHashSet();
        Assert.Contains(listed.Current.Version!.Value, left);
        Assert.Contains(ModelVersion.Parse("night-5"), left);
        Assert.Contains(ModelVersion.Parse("night-4"), left);
        Assert.DoesNotContain(ModelVersion.Parse("night-2"), left);
        Assert.Equal(ModelVersion.Parse("night-5"), (await World.SendAsync(new RollbackModel())).Version);
    }

    [Fact]
    public void What_is_current_pinned_or_measured_for_it_stays_however_old()
    {
        var listed = new List<ModelDescription>();
        for (var age = 0; age < 10; age++)
        {
            var candidate = Model($"candidate-{age}", age) with { IsCandidate = true };
            var refit = Model($"refit-{age}", age) with
            {
                Refit = new RefitSource(candidate.Version, Some.Noon, Some.Noon),
            };
            listed.AddRange([refit, candidate]);
        }
        var pointer = new ModelPointer(Version("refit-8"), Version("refit-7"), "tag")
        {
            Earlier = [Version("refit-6")],
        };

        var old = OldModels.Of(listed, pointer, [Version("refit-9")], kept: 2);

        Assert.Equal(
            [
                "candidate-5", "candidate-6", "candidate-7", "candidate-9",
                "refit-2", "refit-3", "refit-4", "refit-5", "refit-6",
            ],
            old.Select(version => version.Value).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Without_a_pointer_the_newest_stay() =>
        Assert.Equal(
            [Version("m2")],
            OldModels.Of([Model("m0", 0), Model("m1", 1), Model("m2", 2)], ModelPointer.None, [], kept: 2)
        );

    private static ModelVersion Version(string name) => ModelVersion.Parse(name);

    private static ModelDescription Model(string name, int age) =>
        FakeTrainer.Describe(name) with { CreatedAt = Some.Noon.AddDays(-age) };
}
