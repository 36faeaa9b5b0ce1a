using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;

namespace Recommendation.Modeling.Tests.Serving;

public sealed class ModelRankerTests : IDisposable
{
    private readonly MemoryModelStore _store = new();
    private readonly IInteractionLog _log = Substitute.For<IInteractionLog>();
    private readonly FakeTimeProvider _clock = new(Some.Noon);
    private readonly ServiceProvider _services;
    private readonly IRanker _ranker;

    public ModelRankerTests()
    {
        _services = new ServiceCollection()
            .AddSingleton<IModelStore>(_store)
            .AddSingleton(_log)
            .AddSingleton<TimeProvider>(_clock)
            .AddInProcessModel(ranking: options => options.Threads = 2)
            .BuildServiceProvider(validateScopes: true);
        _ranker = _services.GetRequiredService<IRanker>();
    }

    [Fact]
    public async Task A_user_gets_items_of_the_own_taste_unseen_with_reasons()
    {
        var version = await _store.AddAsync(await Some.Train(Some.TwoTastes()));

        var answer = await Rank(Some.Query("me", 5, "a1", "a2"));

        Assert.Equal(version, answer.Model);
        var ranking = Assert.Single(answer.Rankings);
        Assert.Equal((UserId.Parse("me"), RankingKind.Ranked), (ranking.UserId, ranking.Kind));
        Assert.Equal(5, ranking.Items.Count);
        Assert.StartsWith("a", ranking.Items[0].ItemId.Value, StringComparison.Ordinal);
        Assert.All(ranking.Items, item => Assert.DoesNotContain(item.ItemId, Ids("a1", "a2")));
        Assert.All(ranking.Items, item => Assert.Subset(Ids("a1", "a2"), item.Because.ToHashSet()));
        Assert.All(ranking.Items, item => Assert.NotEmpty(item.Because));
    }

    [Fact]
    public async Task Excluded_items_are_left_out_and_repeats_come_where_they_are_allowed()
    {
        await _store.AddAsync(await Some.Train(Some.TwoTastes()));
        var query = Some.Query("me", 100, "a1", "a2");

        var all = (await Rank(query)).Rankings[0].Items;
        var without = (await Rank(query with { Exclude = [all[0].ItemId] })).Rankings[0].Items;
        var repeats = (await Rank(query with { AllowRepeats = true })).Rankings[0].Items;

        Assert.Equal(all.Skip(1), without);
        Assert.Contains(repeats, item => item.ItemId == ItemId.Parse("a1"));
    }

    [Fact]
    public async Task Items_like_one_item_are_those_that_go_with_it()
    {
        await _store.AddAsync(await Some.Train(Some.TwoTastes()));

        var items = (await Rank(Some.Query("b3", 3, "b3"))).Rankings[0].Items;

        Assert.Equal(3, items.Count);
        Assert.All(items, item => Assert.Equal([ItemId.Parse("b3")], item.Because));
    }

    [Fact]
    public async Task An_empty_or_unknown_or_disliked_history_gets_the_popular_items_but_not_the_seen_ones()
    {
        await _store.AddAsync(await Some.Train(Some.TwoTastes()));
        var disliked = new RankUser(UserId.Parse("u"), [Some.Recent("a1", "dislike")], 100, []);

        var rankings = (await Rank(Some.Query("u", 3), Some.Query("v", 3, "unknown"), disliked)).Rankings;

        Assert.All(rankings, ranking => Assert.Equal(RankingKind.Popular, ranking.Kind));
        Assert.Equal(rankings[0].Items, rankings[1].Items);
        Assert.Equal(3, rankings[0].Items.Count);
        Assert.Equal(1, rankings[0].Items[0].Score.Value);
        Assert.DoesNotContain(rankings[2].Items, item => item.ItemId == ItemId.Parse("a1"));
    }

    [Fact]
    public async Task Many_users_are_answered_in_order_as_each_alone()
    {
        await _store.AddAsync(await Some.Train(Some.TwoTastes()));
        var queries = Enumerable
            .Range(0, 100)
            .Select(i => Some.Query($"u{i}", 4, $"a{i % 12}", $"b{(i + 3) % 12}"))
            .ToArray();

        var together = await Rank(queries);

        Assert.Equal(queries.Select(query => query.UserId), together.Rankings.Select(ranking => ranking.UserId));
        for (var i = 0; i < queries.Length; i += 9)
            Assert.Equal((await Rank(queries[i])).Rankings[0].Items, together.Rankings[i].Items);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public async Task A_user_that_can_not_be_ranked_fails_alone(int others)
    {
        await _store.AddAsync(await Some.Train(Some.TwoTastes()));
        var queries = Enumerable
            .Range(0, others)
            .Select(i => Some.Query($"u{i}", 4, "a1"))
            .Prepend(Some.Query("bad", -1, "a1"))
            .ToArray();

        var rankings = (await Rank(queries)).Rankings;

        Assert.Equal(RankingKind.Failed, rankings[0].Kind);
        Assert.Contains("-1 items", rankings[0].Error, StringComparison.Ordinal);
        Assert.All(rankings.Skip(1), ranking => Assert.Equal(RankingKind.Ranked, ranking.Kind));
    }

    [Fact]
    public async Task The_model_asked_for_ranks_although_another_is_current()
    {
        var first = await _store.AddAsync(await Some.Train(Some.TwoTastes(seed: 1)));
        var second = await _store.AddAsync(await Some.Train(Some.TwoTastes(seed: 2)));

        Assert.Equal(second, (await Rank(Some.Query("u", 1, "a1"))).Model);
        Assert.Equal(first, (await RankWith(first)).Model);
        Assert.Equal(first, (await RankWith(first)).Model);
        Assert.Equal(2, _store.Opened);
    }

    [Fact]
    public async Task A_promoted_model_takes_over_once_the_pointer_is_read_again()
    {
        var first = await _store.AddAsync(await Some.Train(Some.TwoTastes(seed: 1)));
        var second = await _store.AddAsync(await Some.Train(Some.TwoTastes(seed: 2)), promote: false);
        Assert.Equal(first, (await Rank(Some.Query("u", 1, "a1"))).Model);
        _store.Promote(second);

        Assert.Equal(first, (await Rank(Some.Query("u", 1, "a1"))).Model);
        Assert.Equal(1, _store.PointerReads);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(second, (await Rank(Some.Query("u", 1, "a1"))).Model);
    }

    [Fact]
    public async Task A_damaged_new_model_or_an_outage_leaves_the_one_before_in_place()
    {
        var first = await _store.AddAsync(await Some.Train(Some.TwoTastes(seed: 1)));
        await Rank(Some.Query("u", 1, "a1"));
        var second = await _store.AddAsync(await Some.Train(Some.TwoTastes(seed: 2)));
        _store.Damage(second);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(first, (await Rank(Some.Query("u", 1, "a1"))).Model);
        _store.Outage = new StoreUnavailableException("The store is away.");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(first, (await Rank(Some.Query("u", 1, "a1"))).Model);
    }

    [Fact]
    public async Task Without_any_model_in_memory_an_outage_or_damage_is_said()
    {
        _store.Outage = new StoreUnavailableException("The store is away.");
        var away = await Assert.ThrowsAsync<RankerUnavailableException>(() => Rank(Some.Query("u", 1, "a1")));
        Assert.Equal("The store is away.", away.Message);

        _store.Outage = null;
        var missing = await Assert.ThrowsAsync<RankerUnavailableException>(() =>
            RankWith(ModelVersion.Parse("missing"))
        );
        Assert.Contains("'missing'", missing.Message, StringComparison.Ordinal);

        _store.Damage(await _store.AddAsync(await Some.Train(Some.TwoTastes())));
        await Assert.ThrowsAsync<RankerUnavailableException>(() => Rank(Some.Query("u", 1, "a1")));
    }

    [Fact]
    public async Task Before_the_first_model_recent_popularity_answers()
    {
        LogHolds(
            Some.Interaction("u", "old", "purchase", Some.Noon.AddDays(-70)),
            Some.Interaction("u", "bad", "dislike"),
            Some.Interaction("u", "bought", "purchase"),
            Some.Interaction("u", "seen"));

        var answer = await Rank(Some.Query("v", 10), Some.Query("w", 10, "bought"));

        Assert.Null(answer.Model);
        Assert.All(answer.Rankings, ranking => Assert.Equal(RankingKind.Popular, ranking.Kind));
        Assert.Equal("bought seen old", string.Join(' ', answer.Rankings[0].Items.Select(item => item.ItemId)));
        Assert.Equal("seen old", string.Join(' ', answer.Rankings[1].Items.Select(item => item.ItemId)));
    }

    [Fact]
    public async Task Before_the_first_model_users_are_counted_and_nothing_after_now()
    {
        LogHolds([
            .. Enumerable
                .Range(0, 5_000)
                .Select(second => Some.Interaction("bot", "spam", at: Some.Noon.AddSeconds(-second))),
            .. Enumerable
                .Range(0, 40)
                .Select(user => Some.Interaction($"u{user}", "bought", "purchase", Some.Noon.AddDays(-3))),
            .. Enumerable.Range(0, 30).Select(user => Some.Interaction($"u{user}", "bad", "dislike")),
            .. Enumerable
                .Range(0, 90)
                .Select(user => Some.Interaction($"u{user}", "later", "purchase", Some.Noon.AddSeconds(1))),
        ]);

        Assert.Equal(
            "bought spam",
            string.Join(' ', (await Rank(Some.Query("v", 10))).Rankings[0].Items.Select(item => item.ItemId))
        );
    }

    [Fact]
    public async Task Nothing_after_what_counts_as_now_is_popular()
    {
        LogHolds(
            Some.Interaction("u", "before", "view", Some.Noon),
            Some.Interaction("v", "after", "purchase", Some.Noon.AddMilliseconds(1)),
            Some.Interaction("u", "after", "purchase", Some.Noon.AddDays(3))
        );

        var answer = await Rank(Some.Query("stranger", 10));

        Assert.Equal(["before"], answer.Rankings[0].Items.Select(item => item.ItemId.Value));
    }

    [Fact]
    public async Task A_longer_list_begins_with_the_shorter_one()
    {
        await _store.AddAsync(await Some.Train(Some.TwoTastes()));
        foreach (var query in new[] { Some.Query("u", 1000, "a1", "b2"), Some.Query("stranger", 1000) })
        {
            var whole = (await Rank(query)).Rankings[0].Items;
            for (var count = 1; count < whole.Count; count++)
                Assert.Equal(whole.Take(count), (await Rank(query with { Count = count })).Rankings[0].Items);
        }
    }

    [Fact]
    public async Task The_first_events_of_a_new_shop_are_popular_within_a_second()
    {
        LogHolds();
        Assert.Empty((await Rank(Some.Query("v", 1))).Rankings[0].Items);
        LogHolds(Some.Interaction("a", "one"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("one", await FirstPopular());
    }

    [Fact]
    public async Task Recent_popularity_is_counted_again_when_it_has_aged_and_survives_an_outage_of_the_log()
    {
        LogHolds(Some.Interaction("u", "one"));
        Assert.Equal("one", await FirstPopular());
        LogHolds(Some.Interaction("u", "two"));
        Assert.Equal("one", await FirstPopular());
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("two", await FirstPopular());
        _log.ReadAsync(null, default).ReturnsForAnyArgs(_ => throw new LogUnavailableException("The log is away."));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("two", await FirstPopular());
    }

    [Fact]
    public async Task A_cancelled_ranking_ends()
    {
        await _store.AddAsync(await Some.Train(Some.TwoTastes()));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _ranker.RankAsync(
                new RankUsers([Some.Query("u", 1, "a1")], null, Some.Noon),
                new CancellationToken(canceled: true)
            )
        );
    }

    public void Dispose() => _services.Dispose();

    private static HashSet<ItemId> Ids(params string[] ids) => [.. ids.Select(ItemId.Parse)];

    private async Task<string> FirstPopular() => (await Rank(Some.Query("v", 1))).Rankings[0].Items[0].ItemId.Value;

    private void LogHolds(params Interaction[] interactions) =>
        _log.ReadAsync(null, default).ReturnsForAnyArgs(_ => Some.Stream(interactions));

    private Task<RankedUsers> Rank(params RankUser[] users) =>
        _ranker.RankAsync(new RankUsers(users, null, Some.Noon), CancellationToken.None);

    private Task<RankedUsers> RankWith(ModelVersion version) =>
        _ranker.RankAsync(new RankUsers([Some.Query("u", 1, "a1")], version, Some.Noon), CancellationToken.None);
}
