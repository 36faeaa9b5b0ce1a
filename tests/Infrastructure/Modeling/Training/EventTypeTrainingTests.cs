using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Data;

namespace Recommendation.Modeling.Tests.Training;

public sealed class EventTypeTrainingTests
{
    [Fact]
    public async Task Thirty_refunds_do_not_outrank_twenty_views()
    {
        var interactions = Some.TwoTastes();
        for (var user = 0; user < 30; user++)
        {
            interactions.Add(Some.Interaction($"r{user}", "returned", "purchase"));
            interactions.Add(Some.Interaction($"r{user}", "returned", "refund"));
            interactions.Add(Some.Interaction($"r{user}", "never-bought", "refund"));
        }
        for (var user = 0; user < 20; user++)
            interactions.Add(Some.Interaction($"r{user}", "viewed"));

        var model = await TrainAsync(interactions);

        Assert.True(Popularity(model, "viewed") > 0);
        Assert.Equal(0, Popularity(model, "returned"));
        Assert.Equal(0, Popularity(model, "never-bought"));
    }

    [Fact]
    public void A_refund_cancels_the_purchase_of_its_user_and_item_only()
    {
        var events = Some.Events([
            Some.Interaction("ann", "cup", "purchase", Some.Noon.AddHours(-3)),
            Some.Interaction("ann", "cup", "view", Some.Noon.AddHours(-4)),
            Some.Interaction("ann", "cup", "refund", Some.Noon.AddHours(-2)),
            Some.Interaction("ann", "cup", "refund", Some.Noon.AddHours(-1)),
            Some.Interaction("ann", "pot", "purchase"),
            Some.Interaction("bob", "cup", "purchase"),
        ]);

        Assert.Equal([("ann", "cup", 1f), ("ann", "pot", 5f), ("bob", "cup", 5f)], WeightsOf(events));
    }

    [Fact]
    public void The_order_in_which_refunds_come_does_not_matter()
    {
        List<Interaction> interactions =
        [
            Some.Interaction("ann", "cup", "refund"),
            Some.Interaction("ann", "cup", "purchase"),
            Some.Interaction("ann", "pot"),
            Some.Interaction("ann", "cup", "purchase", Some.Noon.AddHours(1)),
        ];

        Assert.Equal([("ann", "cup", 5f), ("ann", "pot", 1f)], WeightsOf(Some.Events(interactions)));
        Assert.Equal(
            [("ann", "cup", 5f), ("ann", "pot", 1f)],
            WeightsOf(Some.Events(Enumerable.Reverse(interactions)))
        );
    }

    [Fact]
    public async Task Impressions_do_not_train()
    {
        var interactions = Some.TwoTastes();
        var without = await TrainAsync(interactions);
        for (var user = 0; user < 40; user++)
        {
            interactions.Add(Some.Interaction($"u{user}", "shown", "impression"));
            interactions.Add(Some.Interaction($"u{user}", "a0", "impression", Some.Noon.AddSeconds(-1)));
        }

        var with = await TrainAsync(interactions);

        Assert.Equal(without.Version, with.Version);
        Assert.False(with.TryFind(ItemId.Parse("shown"), out _));
    }

    [Fact]
    public void An_alias_weighs_what_its_type_weighs()
    {
        var events = Some.Events([
            Some.Interaction("ann", "cup", "add_to_cart"),
            Some.Interaction("ann", "pot", "add-to-cart"),
            Some.Interaction("ann", "tea", "transaction"),
        ]);

        Assert.Equal([("ann", "cup", 3f), ("ann", "pot", 3f), ("ann", "tea", 5f)], WeightsOf(events));
    }

    [Fact]
    public void A_value_counts_by_the_rule_of_its_type()
    {
        var types = new EventTypeSettings(new Dictionary<InteractionType, EventType>
        {
            [InteractionType.Purchase] = new() { Weight = 2, Value = ValueRule.Multiply },
            [InteractionType.Rating] = new() { Weight = 4, Value = ValueRule.PositiveFrom(3.5) },
        });

        var events = Some.Events(
            [
                Some.Interaction("ann", "cup", "purchase", value: 3),
                Some.Interaction("ann", "pot", "rating", value: 5),
                Some.Interaction("ann", "tea", "rating", value: 1),
                Some.Interaction("ann", "urn", "purchase"),
            ],
            types);

        Assert.Equal(
            [("ann", "cup", 6f), ("ann", "pot", 4f), ("ann", "tea", -4f), ("ann", "urn", 2f)],
            WeightsOf(events)
        );
    }

    [Fact]
    public async Task A_badly_rated_item_lowers_its_neighbours_and_is_not_popular()
    {
        var interactions = Some.TwoTastes();
        interactions.AddRange(
            Enumerable.Range(0, 40).Select(user => Some.Interaction($"u{user}", "bad", "rating", value: 1))
        );

        Assert.Equal(0, Popularity(await TrainAsync(interactions), "bad"));
    }

    [Fact]
    public async Task Training_refuses_if_more_than_half_of_the_interactions_have_types_that_are_not_named()
    {
        var interactions = Some.TwoTastes();
        var named = interactions.Count;
        interactions.AddRange(Enumerable.Range(0, named - 10).Select(n => Some.Interaction($"u{n}", "a1", "listened")));
        interactions.AddRange(Enumerable.Range(0, 10).Select(n => Some.Interaction($"u{n}", "a1", "shared")));
        await TrainAsync(interactions);

        interactions.Add(Some.Interaction("u1", "a1", "shared"));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => TrainAsync(interactions));

        Assert.Contains($"{named + 1} of {(2 * named) + 1} interactions", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"listened ({named - 10}), shared (11)", refused.Message, StringComparison.Ordinal);
        Assert.Contains("recommendation.json", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_records_the_settings_that_it_was_trained_with()
    {
        var types = new EventTypeSettings(new Dictionary<InteractionType, EventType>
        {
            [InteractionType.View] = new() { Weight = 2, Hides = true, Aliases = [InteractionType.Parse("seen")] },
            [InteractionType.Parse("buy")] = new() { Weight = 7, Value = ValueRule.Multiply },
            [InteractionType.Refund] = new() { Weight = -7, Cancels = InteractionType.Parse("buy") },
            [InteractionType.Rating] = new() { Weight = 1, Value = ValueRule.PositiveFrom(2.5) },
        });

        var model = await TrainAsync(Some.TwoTastes(), types);

        Assert.Equal(types.Types.Keys.Order(), model.EventTypes.Types.Keys.Order());
        foreach (var (name, type) in types.Types)
        {
            var read = model.EventTypes.Types[name];
            Assert.Equal(type.Aliases, read.Aliases);
            Assert.Equal(type with { Aliases = read.Aliases }, read);
        }
        Assert.NotEqual((await TrainAsync(Some.TwoTastes())).Version, model.Version);
    }

    private static async Task<ItemModel> TrainAsync(
        IEnumerable<Interaction> interactions,
        EventTypeSettings? types = null
    )
    {
        await using var model = await Some.Trainer(configure: null, types).TrainAsync(
            Some.Stream(interactions), new TrainingOptions(Some.Noon), progress: null, CancellationToken.None);
        return await ModelArtefactReader.ReadAsync(model.Artefact, CancellationToken.None);
    }

    private static float Popularity(ItemModel model, string item) =>
        model.TryFind(ItemId.Parse(item), out var number) ? model.Popularity[number] : 0;

    private static IEnumerable<(string User, string Item, float Weight)> WeightsOf(TrainingEvents events) =>
        events.Events.Select(one => (events.UserIds[one.User], events.ItemIds[one.Item], one.Weight)).Order();
}
