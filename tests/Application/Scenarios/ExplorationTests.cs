using System.Globalization;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using Recommendation.Application.Ports;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Scenarios;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Tests.Scenarios;

/// <summary>A share of the places of a scenario's lists goes to new items.</summary>
public sealed class ExplorationTests
{
    private const int Fresh = 40;

    private readonly Dictionary<string, (long Impressions, long Clicks)> _feedback = new(StringComparer.Ordinal);

    [Theory]
    [InlineData(0.05, 10)]
    [InlineData(0.13, 10)]
    [InlineData(0.3, 7)]
    public async Task The_share_is_kept_to_within_1_percent_over_many_lists(double share, int count)
    {
        await using var world = await OpenAsync();
        var scenario = new Scenario { Exploration = new(share) };
        var explored = 0;
        const int lists = 1_500;
        for (var user = 0; user < lists; user++)
        {
            var list = await ListAsync(world, scenario, count, visitor: user);
            Assert.Equal(count, list.Select(item => item.ItemId).Distinct().Count());
            explored += list.Count(IsExplored);
        }
        Assert.Equal(share, (double)explored / (lists * count), 0.01);
    }

    [Fact]
    public async Task An_explored_item_is_new_and_marked_and_the_others_are_as_without()
    {
        await using var world = await OpenAsync();
        var plain = await ListAsync(world, new Scenario(), 10);
        var list = await ListAsync(world, new Scenario { Exploration = new(0.4) }, 10);

        var explored = list.Where(IsExplored).ToList();
        Assert.Equal(4, explored.Count);
        Assert.All(explored, item => Assert.StartsWith("new", item.ItemId.Value, StringComparison.Ordinal));
        Assert.All(explored, item => Assert.Equal(["exploration"], item.Rules));
        Assert.DoesNotContain(explored, item => item.ItemId.Value == "new-old");
        Assert.Equal(Ids(plain.Take(6)), Ids(list.Where(item => !IsExplored(item))));
        Assert.DoesNotContain(plain, IsExplored);
    }

    [Fact]
    public async Task A_list_is_the_same_all_day_and_others_get_others()
    {
        await using var world = await OpenAsync();
        var scenario = new Scenario { Exploration = new(0.5) };
        var first = Ids(await ListAsync(world, scenario, 10));

        world.Time.Advance(TimeSpan.FromHours(5));
        Assert.Equal(first, Ids(await ListAsync(world, scenario, 10)));
        Assert.NotEqual(first, Ids(await ListAsync(world, scenario, 10, visitor: 1)));
        world.Time.Advance(TimeSpan.FromHours(24));
        Assert.NotEqual(first, Ids(await ListAsync(world, scenario, 10)));
    }

    [Fact]
    public async Task What_is_clicked_gets_more_places_than_what_was_shown_in_vain()
    {
        for (var n = 0; n < Fresh; n++)
            _feedback[NewItem(n)] = n < 4 ? (500, 200) : (500, 5);
        await using var world = await OpenAsync();
        var shown = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var user = 0; user < 200; user++)
        {
            var list = await ListAsync(world, new Scenario { Exploration = new(0.3) }, 10, user);
            foreach (var item in list.Where(IsExplored))
                shown[item.ItemId.Value] = shown.GetValueOrDefault(item.ItemId.Value) + 1;
        }
        Assert.Equal(Enumerable.Range(0, 4).Select(NewItem), shown.Keys.Order(StringComparer.Ordinal));
        Assert.All(shown.Values, times => Assert.InRange(times, 100, 200));
    }

    [Fact]
    public async Task Nothing_gets_in_that_must_not_be_shown_and_pins_and_promotions_keep_their_places()
    {
        await using var world = await OpenAsync();
        await world.Catalog.PutAsync(
            [
                .. Enumerable.Range(0, 10).Select(n => New(n) with { Available = false }),
                .. Enumerable.Range(10, 10).Select(n => New(n) with { Categories = ["hidden"] }),
                .. Enumerable.Range(30, 10).Select(n => New(n) with { ExpiresAt = Some.Noon }),
            ],
            CancellationToken.None);
        var scenario = new Scenario
        {
            Filter = "!('hidden' in item.categories)",
            Pins = [new Pin("i07", 2)],
            Promotions = [new Promotion("item.itemId == 'i09'", 0.1)],
            Exploration = new(0.4),
            FillUp = false,
        };
        var excluded = Some.Item(NewItem(20));
        for (var user = 0; user < 30; user++)
        {
            var list = await ListAsync(world, scenario, 10, user, [excluded], history: NewItem(21));

            Assert.Equal("i07", list[1].ItemId.Value);
            Assert.Single(list, item => item.ItemId.Value == "i09");
            Assert.Equal(4, list.Count(IsExplored));
            var allowed = Enumerable.Range(22, 8).Select(NewItem).ToHashSet(StringComparer.Ordinal);
            Assert.All(list.Where(IsExplored), item => Assert.Contains(item.ItemId.Value, allowed));
        }
    }

    [Theory]
    [InlineData(0, 14, "exploration.share")]
    [InlineData(0.6, 14, "exploration.share")]
    [InlineData(0.1, 0, "exploration.days")]
    [InlineData(double.NaN, 14, "exploration.share")]
    public async Task A_share_or_time_out_of_range_is_refused(double share, int days, string member)
    {
        await using var world = await OpenAsync();
        var problem = await Assert.ThrowsAsync<ValidationException>(
            () => ListAsync(world, new Scenario { Exploration = new(share, days) }, 10));
        Assert.Contains(member, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promotions_and_exploration_share_out_no_more_than_all_places()
    {
        await using var world = await OpenAsync();
        var scenario = new Scenario { Promotions = [new Promotion("true", 0.8)], Exploration = new(0.3) };
        await Assert.ThrowsAsync<ValidationException>(() => ListAsync(world, scenario, 10));
    }

    private static bool IsExplored(ShownItem item) => item.Source == ListSource.Exploration;

    private static string NewItem(int number) => string.Create(CultureInfo.InvariantCulture, $"new-{number:00}");

    private static CatalogItem New(int number) =>
        new(Some.Item(NewItem(number)), null, []) { CreatedAt = Some.Noon.AddDays(-number / 4.0) };

    private static IEnumerable<string> Ids(IEnumerable<ShownItem> items) => items.Select(item => item.ItemId.Value);

    private async Task<World> OpenAsync()
    {
        var counts = Substitute.For<IFeedbackCounts>();
        counts.ReadItemsAsync(default, default, default).ReturnsForAnyArgs(_ => Sums().ToAsyncEnumerable());
        var world = World.Open(replace: services => services.AddSingleton(counts));
        await world.PointAtAsync(Some.Model);
        world.Ranker.Items = [.. Enumerable.Range(0, 60).Select(n => $"i{n:00}")];
        await world.Catalog.PutAsync(
            [
                .. Enumerable.Range(0, Fresh).Select(New),
                .. world.Ranker.Items.Select(item => new CatalogItem(Some.Item(item), null, [])),
                New(0) with { ItemId = Some.Item("new-old"), CreatedAt = Some.Noon.AddDays(-14.01) },
                New(0) with { ItemId = Some.Item("new-later"), CreatedAt = Some.Noon.AddYears(1) },
            ],
            CancellationToken.None);
        return world;
    }

    private IEnumerable<ItemFeedbackSum> Sums()
    {
        foreach (var (item, (impressions, clicks)) in _feedback)
        {
            yield return new(Some.Item(item), Key(FeedbackKind.Impression), new(impressions, 0));
            yield return new(Some.Item(item), Key(FeedbackKind.Click), new(clicks, 0));
        }

        static FeedbackKey Key(FeedbackKind kind) => new(
            DateOnly.FromDateTime(Some.Noon.UtcDateTime), 1, ServedSource.Realtime, kind, InteractionType.View, null);
    }

    private static async Task<IReadOnlyList<ShownItem>> ListAsync(
        World world, Scenario scenario, int count, int visitor = 0, ItemId[]? exclude = null, string? history = null)
    {
        var seen = history ?? string.Create(CultureInfo.InvariantCulture, $"seen-{visitor}");
        return (await world.SendAsync(new RecommendForScenario(ScenarioName.Parse("home"))
        {
            Draft = scenario,
            Count = count,
            Filter = new ListFilter(exclude?.ToHashSet()),
            History =
            [
                new HistoryEntry(Some.Item(seen), InteractionType.View, Some.Noon),
                new HistoryEntry(Some.Item($"visitor-{visitor}"), InteractionType.View, Some.Noon),
            ],
        })).Items;
    }
}
