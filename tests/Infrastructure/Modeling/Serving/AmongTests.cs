using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Modeling.Tests.Serving;

/// <summary>Rankings of a few items are the rankings of all items without the others.</summary>
public sealed class AmongTests : IAsyncLifetime
{
    private readonly MemoryModelStore _store = new();
    private readonly ServiceProvider _services;

    public AmongTests() => _services = new ServiceCollection()
        .AddSingleton<IModelStore>(_store)
        .AddSingleton(Substitute.For<IInteractionLog>())
        .AddInProcessModel()
        .BuildServiceProvider(validateScopes: true);

    public async Task InitializeAsync() => await _store.AddAsync(await Some.Train(Some.TwoTastes()));

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Theory]
    [InlineData("a1")]
    [InlineData("")]
    public async Task Some_items_come_in_the_order_and_with_the_scores_that_they_have_among_all(string history)
    {
        var all = await RankAsync(history, among: null);
        Assert.True(all.Items.Count > 3);
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var among = all.Items.Select(item => item.ItemId).Where(_ => random.Next(2) == 0)
                .Append(ItemId.Parse("unknown")).ToHashSet();
            var some = await RankAsync(history, among);
            Assert.Equal(all.Items.Where(item => among.Contains(item.ItemId)), some.Items);
            Assert.Equal(some.Items.Count > 0 ? all.Kind : some.Kind, some.Kind);
        }
    }

    [Fact]
    public async Task A_history_that_the_model_knows_is_ranked_also_if_nothing_that_is_wanted_goes_with_it()
    {
        var ranked = await RankAsync("a1", [ItemId.Parse("unknown")]);
        Assert.Equal((RankingKind.Ranked, 0), (ranked.Kind, ranked.Items.Count));
    }

    private async Task<Ranking> RankAsync(string history, HashSet<ItemId>? among)
    {
        var user = new RankUser(
            UserId.Parse("u"), history.Length == 0 ? [] : [Some.Recent(history, "purchase")], 1_000, [])
        {
            Among = among,
        };
        var answer = await _services.GetRequiredService<IRanker>()
            .RankAsync(new RankUsers([user], null, Some.Noon), CancellationToken.None);
        return answer.Rankings[0];
    }
}
