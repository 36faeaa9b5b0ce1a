using Recommendation.Application.Ports;

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
