using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Modeling.Tests.Shapes;

namespace Recommendation.Modeling.Tests.Serving;

/// <summary>Items that are added to the catalogue after the training.</summary>
public sealed class NewItemsTests : IAsyncLifetime
{
    private static readonly ContentShape s_shape = ContentShape.Titles();

    private readonly MemoryModelStore _store = new();
    private readonly FakeTimeProvider _clock = new(Some.Noon);
    private readonly IItemCatalog _catalogue = Substitute.For<IItemCatalog>();
    private readonly IItemArrivals _arrivals = Substitute.For<IItemArrivals>();
    private readonly List<CatalogItem> _added = [];
    private readonly ServiceProvider _services;
    private Exception? _outage;

    public NewItemsTests()
    {
        _arrivals.ReadOnAsync(default, default, default).ReturnsForAnyArgs(call => _outage is { } problem
            ? throw problem
            : new ItemArrivals(
                [.. _added.Skip(call.Arg<string?>()?.Length ?? 0).Select(item => item.ItemId)],
                new string('x', _added.Count)));
        _catalogue.FindAsync(default!, default).ReturnsForAnyArgs(call =>
            _added.Where(item => call.Arg<IReadOnlyCollection<ItemId>>().Contains(item.ItemId))
                .ToDictionary(item => item.ItemId));
        _services = new ServiceCollection()
            .AddSingleton<IModelStore>(_store)
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton(Substitute.For<IInteractionLog>())
            .AddSingleton(_catalogue)
            .AddSingleton(_arrivals)
            .AddInProcessModel()
            .BuildServiceProvider(validateScopes: true);
    }

    public async Task InitializeAsync() => await _store.AddAsync(await TrainAsync(s_shape.Items));

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Fact]
    public async Task An_item_is_in_lists_a_second_after_it_was_added_and_not_before()
    {
        Assert.DoesNotContain("new", await ListAsync("i007"));

        Add("new", s_shape.Items[7]);
        Assert.DoesNotContain("new", await ListAsync("i007"));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("new", await ListAsync("i007"));
    }

    [Fact]
    public async Task The_first_request_of_a_process_knows_what_was_added_since_the_training()
    {
        Add("new", s_shape.Items[7]);

        Assert.Contains("new", await ListAsync("i007"));
        Assert.NotEmpty(await ListAsync("new"));
    }

    [Fact]
    public async Task An_item_that_came_late_scores_as_one_that_the_training_placed()
    {
        Add("new", s_shape.Items[7]);
        var late = await RankAsync("i007");
        await _store.AddAsync(await TrainAsync([.. s_shape.Items, _added[0]]));
        _clock.Advance(TimeSpan.FromSeconds(2));
        var trained = await RankAsync("i007");

        var (one, other) = (late.Single(item => item.Id == "new"), trained.Single(item => item.Id == "new"));
        Assert.InRange(one.Score / other.Score, 0.9, 1.1);
    }

    [Fact]
    public async Task Items_that_were_placed_stay_when_more_come_and_scores_of_the_others_do_not_change()
    {
        var before = await RankAsync("i007");
        foreach (var at in Enumerable.Range(0, 3))
        {
            Add($"new{at}", s_shape.Items[7]);
            _clock.Advance(TimeSpan.FromSeconds(1));
            await ListAsync("i007");
        }

        var after = await RankAsync("i007");
        Assert.Equal(3, after.Count(item => item.Id.StartsWith("new", StringComparison.Ordinal)));
        Assert.Equal(before, after.Where(item => !item.Id.StartsWith("new", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_item_without_content_is_not_placed_and_asked_for_once()
    {
        _added.Add(new CatalogItem(ItemId.Parse("bare"), null, []));
        for (var times = 0; times < 3; times++)
        {
            Assert.DoesNotContain("bare", await ListAsync("i007"));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await _catalogue.ReceivedWithAnyArgs(1).FindAsync(default!, default);
    }

    [Fact]
    public async Task While_the_catalogue_is_down_the_model_answers_as_it_is()
    {
        Add("new", s_shape.Items[7]);
        Assert.Contains("new", await ListAsync("i007"));
        _outage = new StoreUnavailableException("The catalogue is down.");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("new", await ListAsync("i007"));

        _outage = null;
        Add("newer", s_shape.Items[7]);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("newer", await ListAsync("i007"));
    }

    [Fact]
    public async Task Items_resemble_each_other_by_content_and_the_shared_words_are_named()
    {
        var ranker = _services.GetRequiredService<IContentRanker>();
        var item = s_shape.Items[7] with { ItemId = ItemId.Parse("nowhere") };

        var ranking = await ranker.RankAsync([item], 5, CancellationToken.None);
        var shared = await ranker.SharedAsync(item, [s_shape.Items[7], Other()], 20, CancellationToken.None);

        Assert.Equal("i007", ranking!.Items[0].ItemId.Value);
        Assert.All(ranking.Items, one => Assert.InRange(one.Score.Value, 0.01, 1.001));
        Assert.Contains(item.Title!.Split(' ')[0], shared[0]);
        Assert.Contains(string.Join(" > ", item.Categories), shared[0]);
        Assert.DoesNotContain(item.Title.Split(' ')[0], shared[1]);

        CatalogItem Other() => s_shape.Items.First(one => one.Categories[^1] != item.Categories[^1]);
    }

    [Fact]
    public async Task Items_are_as_alike_as_their_rows_say_relative_to_the_nearest_item()
    {
        Add("new", s_shape.Items[7]);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var similarity = _services.GetRequiredService<IItemSimilarity>();
        ItemId[] items = [.. s_shape.Items.Select(item => item.ItemId), ItemId.Parse("new"), ItemId.Parse("nowhere")];

        var all = await similarity.CompareAsync(items, CancellationToken.None);
        var two = await similarity.CompareAsync(items[..2], CancellationToken.None);

        Assert.Empty(all.Of(ItemId.Parse("nowhere")));
        Assert.NotEmpty(all.Of(ItemId.Parse("new")));
        // Each item is as like as possible to the one that is nearest to it.
        Assert.All(items[..^2], item => Assert.Equal(1, all.Of(item).Values.Max()));
        Assert.All(items, item => Assert.All(
            all.Of(item), other => Assert.Equal(other.Value, all.Of(other.Key)[item])));
        Assert.Equal(all.Of(items[0]).GetValueOrDefault(items[1]), two.Of(items[0]).GetValueOrDefault(items[1]));
        Assert.All(two.Of(items[0]).Keys, other => Assert.Equal(items[1], other));
    }

    [Fact]
    public async Task A_model_without_content_compares_nothing()
    {
        await _store.AddAsync(await Some.Train(Some.TwoTastes()));
        var ranker = _services.GetRequiredService<IContentRanker>();

        Assert.Null(await ranker.RankAsync([s_shape.Items[7]], 5, CancellationToken.None));
        Assert.Equal([[]], await ranker.SharedAsync(s_shape.Items[7], [s_shape.Items[8]], 5, CancellationToken.None));
    }

    private static Task<TrainedModel> TrainAsync(List<CatalogItem> items) => Some.Trainer().TrainAsync(
        Some.Stream(s_shape.Interactions),
        new TrainingOptions(Some.Noon) { Catalogue = _ => Some.Stream(items) },
        progress: null,
        CancellationToken.None);

    private void Add(string id, CatalogItem like) => _added.Add(like with { ItemId = ItemId.Parse(id) });

    private async Task<string[]> ListAsync(string seen) => [.. (await RankAsync(seen)).Select(item => item.Id)];

    private async Task<(string Id, double Score)[]> RankAsync(string seen)
    {
        var ranked = await _services.GetRequiredService<IRanker>().RankAsync(
            new RankUsers([Some.Query("u", 1000, seen)], null, Some.Noon), CancellationToken.None);
        return ranked.Rankings[0].Kind == RankingKind.Ranked
            ? [.. ranked.Rankings[0].Items.Select(item => (item.ItemId.Value, item.Score.Value))]
            : [];
    }
}
