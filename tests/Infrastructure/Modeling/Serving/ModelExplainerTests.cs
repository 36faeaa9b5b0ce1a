using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Modeling.Tests.Serving;

public sealed class ModelExplainerTests : IAsyncLifetime
{
    private static readonly RankUser s_user = new(
        UserId.Parse("u"),
        [Some.Recent("a1", "purchase"), Some.Recent("a2"), Some.Recent("b3", "dislike"), Some.Recent("new")],
        1000,
        []
    );

    private readonly MemoryModelStore _store = new();
    private readonly ServiceProvider _services;

    public ModelExplainerTests() => _services = new ServiceCollection()
        .AddSingleton<IModelStore>(_store)
        .AddSingleton(Substitute.For<IInteractionLog>())
        .AddInProcessModel()
        .BuildServiceProvider(validateScopes: true);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Fact]
    public async Task Without_a_model_there_is_nothing_to_explain() => Assert.Null(await ExplainAsync(s_user, "a3"));

    [Fact]
    public async Task Score_and_place_are_those_of_the_list_and_what_is_shown_adds_up_exactly()
    {
        await _store.AddAsync(await Some.Train(Some.TwoTastes()));
        var ranked = await _services
            .GetRequiredService<IRanker>()
            .RankAsync(new RankUsers([s_user], null, Some.Noon), CancellationToken.None);

        Assert.NotEmpty(ranked.Rankings[0].Items);
        foreach (var (item, place) in ranked.Rankings[0].Items.Select((item, at) => (item, at + 1)))
        {
            var explained = await ExplainAsync(s_user, item.ItemId.Value);
            Assert.Equal((item.Score, ranked.Model!.Value), (explained!.Score, explained.Model));
            // equal scores may change places with the rounding
            Assert.InRange(explained.Place!.Value, place - 1, place + 1);
            Assert.Equal(
                (decimal)item.Score.Value,
                ScoreShares.Of(explained.Score, [.. explained.Contributions.Select(one => one.Amount)]).Sum()
            );
        }
    }

    [Fact]
    public async Task An_item_of_the_history_has_a_score_and_no_place()
    {
        await _store.AddAsync(await Some.Train(Some.TwoTastes()));

        var seen = await ExplainAsync(s_user, "a2");

        Assert.True(seen!.Score.Value > 0);
        Assert.Null(seen.Place);
    }

    [Fact]
    public async Task Items_and_histories_that_the_model_does_not_know_are_said_to_be()
    {
        await _store.AddAsync(await Some.Train(Some.TwoTastes()));

        var item = await ExplainAsync(s_user, "new");
        var history = await ExplainAsync(Some.Query("u", 10, "new"), "a1");

        Assert.Equal((false, true, 0), (item!.KnowsItem, item.KnowsHistory, item.Contributions.Count));
        Assert.Equal((true, false, null), (history!.KnowsItem, history.KnowsHistory, history.Place));
    }

    private Task<ScoreExplanation?> ExplainAsync(RankUser user, string item) =>
        _services
            .GetRequiredService<IRankingExplainer>()
            .ExplainAsync(user, ItemId.Parse(item), CancellationToken.None);
}
