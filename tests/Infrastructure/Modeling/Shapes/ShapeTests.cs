using Recommendation.Application.Ports;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Modeling.Tests.Shapes;

/// <summary>The search finds the structure that was put into the data.</summary>
public class ShapeTests
{
    [Fact]
    public async Task A_small_dense_catalogue_gets_the_dense_trainer()
    {
        await using var model = await Train(Shape.SmallAndDense(), options => options.DenseLimitItems = 12_000);

        Assert.Equal("dense", model.Description.Trainer);
    }

    [Fact]
    public async Task Very_sparse_data_get_weights_that_reach_further_than_items_bought_together()
    {
        await using var model = await Train(Shape.VerySparse());

        var parameters = model.Description.Parameters;
        Assert.True(parameters["flatness"] > 1 || parameters["lowRankShare"] > 0);
        Assert.True(model.Description.Metrics["validation.ndcg@20"] > 0.1);
    }

    [Fact]
    public async Task Where_popularity_is_all_there_is_popular_targets_are_favoured_more_than_where_tastes_are()
    {
        await using var popular = await Train(Shape.Popular());
        await using var tastes = await Train(Shape.VerySparse());

        Assert.True(popular.Description.Parameters["popularityExponent"] >= 0.3);
        Assert.True(
            popular.Description.Parameters["popularityExponent"] > tastes.Description.Parameters["popularityExponent"]
        );
    }

    [Fact]
    public async Task Sessions_along_chains_get_transitions_and_a_short_memory()
    {
        await using var model = await Train(Shape.Chains());
        await using var unordered = await Train(Shape.Chains(), options => options.Order = false);

        Assert.True(model.Description.Parameters["transitionShare"] >= 0.3);
        Assert.True(model.Description.Parameters["positionDecay"] < 0.95);
        Assert.Equal(0, unordered.Description.Parameters["transitionShare"]);
        Assert.True(
            model.Description.Metrics["validation.ndcg@20"] > 1.1 * unordered.Description.Metrics["validation.ndcg@20"]
        );
    }

    [Fact]
    public async Task Habits_make_repeats_worth_something_where_repeats_are_allowed()
    {
        await using var model = await Train(Shape.Habits(), options => options.AllowRepeats = true);
        await using var without = await Train(Shape.Habits());

        Assert.True(model.Description.Parameters["repeatBonus"] > 0);
        Assert.Equal(0, without.Description.Parameters["repeatBonus"]);
        Assert.True(
            model.Description.Metrics["validation.ndcg@20"] > 2 * without.Description.Metrics["validation.ndcg@20"]
        );
    }

    [Fact]
    public async Task Where_nobody_comes_back_and_times_mean_nothing_neither_is_believed()
    {
        await using var model = await Train(Shape.Unordered(), options => options.AllowRepeats = true);

        Assert.True(model.Description.Parameters["repeatBonus"] < 0);
        Assert.Equal(1, model.Description.Parameters["positionDecay"]);
        Assert.Equal(0, model.Description.Parameters["transitionShare"]);
    }

    [Fact]
    public async Task Order_and_repeats_give_the_same_bytes_whatever_the_threads()
    {
        Task<byte[]> Artefact(int threads) =>
            Some.Artefact(
                Shape.Habits(users: 80).Concat(Shape.Chains(users: 80)),
                options =>
                    (options.Search, options.AllowRepeats, options.DenseLimitItems, options.Threads) = (
                        true,
                        true,
                        0,
                        threads
                    )
            );

        Assert.Equal(await Artefact(1), await Artefact(3));
    }

    private static Task<TrainedModel> Train(
        IEnumerable<Domain.Interactions.Interaction> interactions,
        Action<ModelTrainerOptions>? configure = null
    ) =>
        Some.Train(
            interactions,
            options =>
            {
                (options.Search, options.DenseLimitItems) = (true, 0);
                configure?.Invoke(options);
            }
        );
}
