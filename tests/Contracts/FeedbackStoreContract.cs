using Recommendation.Application.Feedback;
using Recommendation.Application.Ports;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Contracts;

/// <summary>What every <see cref="IFeedbackStore"/> must do; the adapters read and erase as well.</summary>
public abstract class FeedbackStoreContract : Contract<IFeedbackStore>
{
    private static readonly TimeSpan s_window = TimeSpan.FromDays(7);
    private static readonly DateOnly s_day = DateOnly.FromDateTime(Some.Noon.UtcDateTime);

    private static readonly RecommendationId s_list = new RecommendationIdKey(new byte[32]).Sign(new RecommendationId
    {
        Key = 0,
        Configuration = 7,
        Source = ServedSource.Batch,
        Minute = RecommendationId.MinuteOf(Some.Noon),
        UserHash = RecommendationId.Nobody,
        Nonce = 1,
    });

    private readonly List<FeedbackEvent> _saved = [];

    private IFeedbackCounts Counts => (IFeedbackCounts)Port;

    /// <summary>A place of the log under test.</summary>
    protected abstract Position At(long sequence);

    [Fact]
    public async Task What_is_saved_is_known_and_added_up()
    {
        await Port.ResetAsync("stamp", s_window, None);
        Assert.Equal(("stamp", null), (
            (await Port.ProgressAsync(None)).Settings, (await Port.ProgressAsync(None)).Through));
        await SaveAsync(1, Impression(1));
        await SaveAsync(3, Impression(2) with { List = null }, Conversion(3, 12.34m));

        var pair = new FeedbackPair(Some.User(), Some.Item());
        var seen = new SeenListId(Some.User(), s_list);
        var known = await Port.LoadAsync([pair], [seen, new SeenListId(Some.User("bob"), s_list)], None);
        Assert.Equal(
            [Impression(1), Impression(2) with { List = null }, Conversion(3, 12.34m)],
            known.Events.OrderBy(one => one.Kind).ThenBy(one => one.Position.Sequence));
        Assert.Equal([seen], known.Lists);
        Assert.Equal(At(3), (await Port.ProgressAsync(None)).Through);

        var users = await ListAsync(Counts.ReadUsersAsync(s_day, s_day, None));
        Assert.Equal(2, users.Where(one => one.Key.Kind == FeedbackKind.Impression).Sum(one => one.Sum.Count));
        Assert.Equal(1, users.Single(one => one.Key.Kind == FeedbackKind.Repeat).Sum.Count);
        Assert.Equal(12_340_000, users.Single(one => one.Key.Kind == FeedbackKind.Conversion).Sum.Amount);
        Assert.Equal(1, users.Single(one => one.Key.Kind == FeedbackKind.List).Sum.Count);
        Assert.All(await ListAsync(Counts.ReadItemsAsync(s_day, s_day, None)), one => Assert.Equal(
            Some.Item(), one.Item));
        Assert.Empty(await ListAsync(Counts.ReadUsersAsync(s_day.AddDays(1), s_day.AddDays(2), None)));
        Assert.Equal(
            (await ListAsync(Counts.ReadItemsAsync(s_day, s_day, None))).ToHashSet(),
            (await ListAsync(Counts.ReadItemAsync(Some.Item(), s_day, s_day, None))).ToHashSet());
        Assert.Empty(await ListAsync(Counts.ReadItemAsync(Some.Item("other"), s_day, s_day, None)));
        Assert.Empty(await ListAsync(Counts.ReadItemAsync(Some.Item(), s_day.AddDays(1), s_day.AddDays(2), None)));
    }

    [Fact]
    public async Task Who_starts_from_an_older_progress_saves_nothing()
    {
        await Port.ResetAsync("stamp", s_window, None);
        var stale = await Port.ProgressAsync(None);
        await SaveAsync(1, Impression(1));
        Assert.False(await Port.SaveAsync(Change(stale, 1, Impression(1)), None));
        Assert.Equal(1, Assert.Single(await ImpressionsAsync()).Sum.Count);
    }

    [Fact]
    public async Task Erasing_a_user_keeps_the_sums_and_nothing_of_the_user()
    {
        await Port.ResetAsync("stamp", s_window, None);
        await SaveAsync(2, Impression(1), Conversion(2, 2m));
        await SaveAsync(3, Impression(3) with { User = Some.User("bob"), List = null });
        await SaveAsync(9, Conversion(9, 5m));
        var boundary = ErasureBoundary.At(At(5), Some.Noon);

        var part = await ((IErasable)Port).EraseAsync(new ErasureWork(Some.User(), boundary), None);
        Assert.Equal(3, part.Removed);
        Assert.Equal(0, (await ((IErasable)Port).EraseAsync(new ErasureWork(Some.User(), boundary), None)).Removed);

        var known = await Port.LoadAsync(
            [new(Some.User(), Some.Item())], [new SeenListId(Some.User(), s_list)], None);
        Assert.Equal([Conversion(9, 5m)], known.Events);
        Assert.Empty(known.Lists);
        var sums = await ListAsync(Counts.ReadUsersAsync(s_day, s_day, None));
        Assert.Equal(2, sums.Where(one => one.Key.Kind == FeedbackKind.Impression).Sum(one => one.Sum.Count));
        Assert.Equal(7_000_000, sums.Sum(one => one.Sum.Amount));
        Assert.Equal(1, sums.Where(one => one.Key.Kind == FeedbackKind.List).Sum(one => one.Sum.Count));
        // Of the user only what came later is left, and it has no list any more.
        var own = Assert.Single(sums, one => one.User == Some.User());
        Assert.Equal((ListConfiguration.UnknownNumber, 5_000_000), (own.Key.Configuration, own.Sum.Amount));
        var items = await ListAsync(Counts.ReadItemsAsync(s_day, s_day, None));
        Assert.Equal(
            sums.Where(one => one.Key.Kind != FeedbackKind.List).GroupBy(one => one.Key).ToDictionary(
                one => one.Key, one => one.Aggregate(default(FeedbackSum), (sum, next) => sum + next.Sum)),
            items.ToDictionary(one => one.Key, one => one.Sum));
    }

    [Fact]
    public async Task A_reset_keeps_the_sums_of_erased_users_alone()
    {
        await Port.ResetAsync("stamp", s_window, None);
        await SaveAsync(1, Impression(1));
        await SaveAsync(2, Impression(2) with { User = Some.User("bob"), List = null });
        await ((IErasable)Port).EraseAsync(new ErasureWork(Some.User(), ErasureBoundary.At(At(5), Some.Noon)), None);

        await Port.ResetAsync("other", s_window, None);
        Assert.Equal(1, Assert.Single(await ImpressionsAsync()).Sum.Count);
        Assert.Equal(1, Assert.Single(await ListAsync(Counts.ReadItemsAsync(s_day, s_day, None))).Sum.Count);
        Assert.Equal(("other", null), (
            (await Port.ProgressAsync(None)).Settings, (await Port.ProgressAsync(None)).Through));
    }

    private async Task<List<UserFeedbackSum>> ImpressionsAsync() =>
        (await ListAsync(Counts.ReadUsersAsync(s_day, s_day, None)))
            .FindAll(one => one.Key.Kind == FeedbackKind.Impression);

    private FeedbackEvent Impression(long sequence) => new()
    {
        User = Some.User(),
        Item = Some.Item(),
        Position = At(sequence),
        At = Some.Noon.AddMinutes(sequence),
        Kind = FeedbackKind.Impression,
        Type = InteractionType.Impression,
        List = s_list,
    };

    private FeedbackEvent Conversion(long sequence, decimal amount) => Impression(sequence) with
    {
        Kind = FeedbackKind.Conversion,
        Type = InteractionType.Purchase,
        List = null,
        Currency = CurrencyCode.Of("EUR"),
        Amount = (long)(amount * FeedbackEvent.UnitsPerOne),
    };

    private async Task SaveAsync(long through, params FeedbackEvent[] events) =>
        Assert.True(await Port.SaveAsync(Change(await Port.ProgressAsync(None), through, events), None));

    /// <summary>As the use case makes it.</summary>
    private FeedbackChange Change(FeedbackProgress progress, long through, params FeedbackEvent[] events)
    {
        var sums = new FeedbackSums();
        foreach (var pair in events.GroupBy(one => new FeedbackPair(one.User, one.Item)))
        {
            var before = _saved.Where(one => one.User == pair.Key.User && one.Item == pair.Key.Item).ToList();
            sums.Add(pair.Key, [.. before, .. pair], s_window, sign: 1);
            sums.Add(pair.Key, before, s_window, sign: -1);
        }
        _saved.AddRange(events);
        var lists = events
            .Where(one => one.List is not null)
            .Select(one => (new SeenListId(one.User, one.List!.Value), one.Position))
            .ToList();
        foreach (var (list, _) in lists)
            sums.Add(list);
        return new FeedbackChange(progress, At(through), events, lists, sums.Users, sums.Items);
    }
}
