using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recommendation.Application.Erasures;
using Recommendation.Application.Feedback;
using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Feedback;

/// <summary>The figures equal a count of the log that was written for the test.</summary>
public sealed class CountFeedbackTests
{
    private static readonly DateOnly s_from = DateOnly.FromDateTime(Some.Noon.UtcDateTime).AddDays(-60);
    private static readonly DateOnly s_through = s_from.AddDays(120);
    private static readonly string[] s_types = ["impression", "impression", "click", "purchase", "view"];

    [Fact]
    public Task Figures_equal_an_independent_count_in_whatever_order_and_however_often_events_come() => Always.HoldsAsync(
        Gen.Choose(1, 1_000_000),
        async seed =>
        {
            await using var world = World.Open(Revenue);
            var random = new Random(seed);
            var events = await EventsAsync(world, random, count: 60);
            // Copies of half of them, everything in any order, in batches, counted in between.
            var sent = events.Concat(events.Where(_ => random.Next(2) == 0)).OrderBy(_ => random.Next()).ToList();
            foreach (var batch in sent.Chunk(17))
            {
                await world.SendAsync(new AppendInteractions([.. batch]));
                if (random.Next(2) == 0)
                    await world.SendAsync(new CountFeedback());
            }
            var expected = ReferenceCount.Of(await world.LoggedAsync());
            Assert.Equal(expected, await FiguresAsync(world));

            await world.SendAsync(new CountFeedback(Rebuild: true));
            Assert.Equal(expected, await FiguresAsync(world));

            var last = (await world.LoggedAsync())[^1].Position;
            await world.SendAsync(new CatchUpProfiles(last.Partition));
            await world.SendAsync(new ForgetUser(Some.User(1)));
            Assert.DoesNotContain(await world.LoggedAsync(), one => one.UserId == Some.User(1));
            Assert.Equal(expected, await FiguresAsync(world));

            await world.SendAsync(new CountFeedback(Rebuild: true));
            Assert.Equal(expected, await FiguresAsync(world));
        },
        times: 25);

    [Fact]
    public async Task Nothing_of_an_erased_user_is_left_in_the_count()
    {
        await using var world = World.Open(Revenue);
        await world.SendAsync(new AppendInteractions([.. await EventsAsync(world, new Random(1), count: 60)]));
        await world.SendAsync(new CountFeedback());
        await world.SendAsync(new ForgetUser(Some.User(1)));
        var rows = await world.Services.GetRequiredService<IFeedbackCounts>()
            .ReadUsersAsync(s_from, s_through, CancellationToken.None).ToListAsync();
        Assert.DoesNotContain(rows, one => one.User == Some.User(1));
        Assert.Contains(rows, one => one.User is null);
    }

    [Fact]
    public async Task A_platform_without_the_count_says_so_and_serves_lists()
    {
        await using var world = World.Open(replace: services =>
        {
            services.RemoveAll<IFeedbackStore>();
            services.RemoveAll<IFeedbackCounts>();
            services.RemoveAll<IRecommendationIdKeys>();
        });
        var refusal = await Assert.ThrowsAsync<RefusedException>(
            () => world.SendAsync(new ShowMetrics(s_from, s_through, [])));
        Assert.True(refusal.IsUnsupported);
        Assert.Null((await world.SendAsync(new PopularItems())).Id);
    }

    [Fact]
    public async Task Another_window_counts_everything_anew()
    {
        await using var world = World.Open();
        var list = (await world.SendAsync(new PopularItems())).Id!.Value.ToString();
        await world.SendAsync(new AppendInteractions(
        [
            Event(1, "impression", Some.Noon.AddDays(-2), list),
            Event(1, "purchase", Some.Noon.AddDays(-1), list: null),
        ]));
        Assert.Equal(1, (await TotalAsync(world)).Conversions);
        world.Services.GetRequiredService<RecommendationOptions>().AttributionWindow = TimeSpan.FromHours(1);
        Assert.Equal(0, (await TotalAsync(world)).Conversions);
        world.Services.GetRequiredService<RecommendationOptions>().AttributionWindow = TimeSpan.FromDays(2);
        Assert.Equal(1, (await TotalAsync(world)).Conversions);
    }

    [Fact]
    public async Task A_bad_id_is_reported_by_its_reason_and_the_event_counts_without_it()
    {
        await using var world = World.Open();
        var list = (await world.SendAsync(new PopularItems())).Id!.Value;
        var changed = (list with { Nonce = list.Nonce + 1 }).ToString();
        var appended = await world.SendAsync(new AppendInteractions(
        [
            Event(1, "impression", Some.Noon, "no id"), Event(2, "click", Some.Noon, changed),
            Event(3, "click", Some.Noon, list.ToString()),
        ]));
        Assert.Equal(3, appended.Appended);
        Assert.Equal(
            [RecommendationIdProblem.Malformed, RecommendationIdProblem.BadSignature, null],
            appended.Events.Select(one => one.IdProblem));
        Assert.Equal([null, null, list], (await world.LoggedAsync()).Select(one => one.RecommendationId));
        var rows = (await world.SendAsync(new ShowMetrics(s_from, s_through, [MetricDimension.Source]))).Rows;
        Assert.Equal(["popular", null], rows.Select(row => row.Group[0]));
        Assert.Equal((1, 0), (rows[0].Clicks, rows[0].Impressions));
        Assert.Equal((1, 1), (rows[1].Clicks, rows[1].Impressions));
    }

    [Fact]
    public async Task Impressions_count_once_however_often_they_are_sent_and_leave_no_trace_in_the_profile()
    {
        await using var world = World.Open();
        var list = (await world.SendAsync(new PopularItems())).Id!.Value.ToString();
        var source = new Position("api:1", SequenceNumber.From(0));
        var request = new AppendImpressions([new SeenList(list, Some.User(1).Value, ["a", "b"])], source);
        Assert.Equal(2, (await world.SendAsync(request)).Appended);
        Assert.Equal(2, (await world.SendAsync(request)).Duplicates);
        await world.SendAsync(new CatchUpProfiles("local"));
        Assert.Null(await world.ProfileAsync(Some.User(1)));

        var row = Assert.Single((await world.SendAsync(new ShowMetrics(s_from, s_through, []))).Rows);
        Assert.Equal((1, 2, 2), (row.Lists, row.Impressions, row.Items));
        Assert.Equal(1, row.Novelty);
        Assert.Equal(0, row.RepeatRate);
    }

    private static void Revenue(RecommendationOptions options) =>
        options.EventTypes = new EventTypeSettings(EventTypeSettings.Default.Types.ToDictionary(
            one => one.Key, one => one.Key == InteractionType.Purchase ? one.Value with { IsRevenue = true }
                : one.Value));

    /// <summary>Events of three users and three items, half of them with the id of one of six lists.</summary>
    private static async Task<List<IncomingEvent>> EventsAsync(World world, Random random, int count)
    {
        await world.GivenActiveAsync(3);
        var lists = new List<string>();
        for (var user = 1; user <= 3; user++)
        {
            lists.Add((await world.SendAsync(new Recommend(Some.User(user)))).Id!.Value.ToString());
            lists.Add((await world.SendAsync(new PopularItems())).Id!.Value.ToString());
        }
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var user = random.Next(1, 4);
            var list = random.Next(2) == 0 ? null : lists[2 * (user - 1) + random.Next(2)];
            var at = Some.Noon.AddMinutes(-random.Next(20 * 24 * 60));
            var type = s_types[random.Next(s_types.Length)];
            return Event(user, type, at, list, $"e{i}", item: $"i{random.Next(3)}", value: random.Next(
                1, 10_000) / 100d);
        })];
    }

    private static IncomingEvent Event(
        int user, string type, DateTimeOffset at, string? list, string? id = null, string item = "i1",
        double value = 1) =>
        new()
        {
            Event = new RawInteraction
            {
                UserId = Some.User(user).Value,
                ItemId = item,
                InteractionType = type,
                Timestamp = Domain.Timestamps.Format(at),
                EventId = id,
                Value = value.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Currency = item == "i0" ? null : item == "i1" ? "EUR" : "USD",
                RecommendationId = list,
            },
            Source = new Position("test", SequenceNumber.From(user)),
        };

    private static async Task<MetricRow> TotalAsync(World world) =>
        (await world.SendAsync(new ShowMetrics(s_from, s_through, [MetricDimension.Source]))).Rows
            .FirstOrDefault(row => row.Group[0] is not null) ?? new MetricRow([]);

    /// <summary>By day and source, as the reference counts them.</summary>
    private static async Task<SortedDictionary<string, string>> FiguresAsync(World world)
    {
        var table = await world.SendAsync(
            new ShowMetrics(s_from, s_through, [MetricDimension.Day, MetricDimension.Source]));
        return new(table.Rows.ToDictionary(
            row => $"{row.Group[0]} {row.Group[1] ?? "none"}",
            row => $"{row.Lists} {row.Impressions} {row.Clicks} {row.Conversions} "
                + string.Join(' ', row.Revenue.Select(one => $"{one.Amount:0.00}{one.Currency}"))));
    }
}
