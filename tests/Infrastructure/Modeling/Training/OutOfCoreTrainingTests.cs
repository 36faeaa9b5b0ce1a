using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Modeling.Evaluation;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Modeling.Tests.Training;

public class OutOfCoreTrainingTests
{
    [Fact]
    public async Task A_model_of_fixed_parameters_has_the_bytes_of_one_that_was_trained_in_memory()
    {
        var interactions = Some.TwoTastes(users: 200, items: 150, perUser: 20);

        Assert.Equal(
            await Some.Artefact(interactions),
            await Some.Artefact(interactions, options => options.OutOfCore = true));
    }

    [Fact]
    public async Task A_search_scores_nearly_as_high_as_in_memory_and_gives_the_same_bytes_again()
    {
        var interactions = Shapes.Shape.VerySparse(users: 1_200, items: 600);
        await using var inMemory = await Some.Train(
            interactions, options => (options.Search, options.DenseLimitItems) = (true, 0));
        await using var outOfCore = await Some.Train(
            interactions, options => (options.Search, options.OutOfCore) = (true, true));

        var (one, other) = (
            inMemory.Description.Metrics["validation.ndcg@20"], outOfCore.Description.Metrics["validation.ndcg@20"]);
        Assert.InRange(other, one * 0.9, 1);
        Assert.Equal(1, outOfCore.Description.Parameters["flatness"]);
        await using var again = await Some.Train(
            Enumerable.Reverse(interactions),
            options => (options.Search, options.OutOfCore, options.Threads) = (true, true, 1));
        Assert.Equal(outOfCore.Description.Version, again.Description.Version);
    }

    [Theory]
    [InlineData("sparse")]
    [InlineData("chains")]
    [InlineData("popular")]
    public async Task With_the_same_parameters_a_model_is_as_accurate_as_in_memory_to_four_digits(string shape)
    {
        var interactions = shape switch
        {
            "sparse" => Shapes.Shape.VerySparse(users: 1_200, items: 600),
            "chains" => Shapes.Shape.Chains(users: 900),
            _ => Shapes.Shape.Popular(users: 900, items: 300),
        };
        var users = interactions.GroupBy(one => one.UserId).Where(user => user.Count() > 3).ToList();
        var heldOut = users.Select(user => user.Last()).ToHashSet();
        var known = interactions.Where(one => !heldOut.Contains(one)).ToList();
        await using var chosen = await Some.Train(
            known, options => (options.Search, options.OutOfCore) = (true, true));

        var inMemory = await MeasureAsync(outOfCore: false);
        var outOfCore = await MeasureAsync(outOfCore: true);

        Assert.True(inMemory.Ndcg > 0.01);
        Assert.Equal(inMemory.Ndcg, outOfCore.Ndcg, 4);
        Assert.Equal(inMemory.Recall, outOfCore.Recall, 4);

        async Task<Domain.Models.ModelQuality> MeasureAsync(bool outOfCore)
        {
            await using var model = await Some.Trainer(options => options.OutOfCore = outOfCore).RefitAsync(
                chosen.Description, new(chosen.Description.Version, Some.Noon, Some.Noon), Some.Stream(known),
                new(Some.Noon), progress: null, CancellationToken.None);
            return await new ModelEvaluator(
                EventTypeSettings.Default, Microsoft.Extensions.Options.Options.Create(new ModelTrainerOptions()))
                .MeasureAsync(
                    model.Artefact,
                    [
                        .. users.Select(user => new HeldOutUser(
                            [.. user.SkipLast(1).Reverse().Select(Recent)], [user.Last().ItemId])),
                    ],
                    CancellationToken.None);
        }

        static RecentInteraction Recent(Interaction one) => Some.Recent(one.ItemId.Value, at: one.OccurredAt);
    }

    [Fact]
    public async Task Stages_say_how_many_users_a_search_beyond_its_limits_uses()
    {
        var stages = new List<string>();
        await using var model = await Some.Trainer(options =>
        {
            (options.Search, options.SearchLimitUsers, options.SearchLimitItems) = (true, 300, 100);
        }).TrainAsync(
            Some.Stream(Shapes.Shape.VerySparse(users: 700, items: 300)), new TrainingOptions(Some.Noon),
            new Stages(stages), CancellationToken.None);

        Assert.Contains(
            stages, stage => stage.StartsWith("searching parameters on ", StringComparison.Ordinal)
                && stage.Contains(" of 700 users and 100 of ", StringComparison.Ordinal));
        Assert.InRange(model.Description.Metrics["validation.ndcg@20"], 0.01, 1);
        Assert.Equal(700, model.Description.Users);
        Assert.True(model.Description.Items > 100);
    }

    [Fact]
    public async Task Too_little_data_are_refused_as_in_memory()
    {
        var interactions = new[] { Some.Interaction("u", "a"), Some.Interaction("v", "b") };

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => Some.Train(interactions, options => options.OutOfCore = true));

        Assert.Contains("2 interactions of 2 users with 2 items", refused.Message, StringComparison.Ordinal);
    }

    private sealed class Stages(List<string> stages) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => stages.Add(value.Stage);
    }
}
