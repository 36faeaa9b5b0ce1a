using System.Net;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Ports;

namespace Recommendation.AdminApi.Tests;

/// <summary>What a request sees right after an event, and while the ranker is slow or down.</summary>
public sealed class RealtimeTests
{
    [Fact]
    public async Task A_request_after_an_event_shows_its_effect()
    {
        await using var api = await RunningApi.StartAsync(options => options.RealtimeBudget = TimeSpan.FromSeconds(30));
        await Shop.FillAsync(api);
        var before = Items(await api.GetAsync("/v1/users/u2/recommendations?n=5"));
        for (var i = 0; i < 3; i++)
        {
            (
                await api.PostAsync(
                    "/v1/interactions",
                    $$"""{"userId":"u2","itemId":"{{before[i]}}","interactionType":"purchase"}"""
                )
            ).Expect(HttpStatusCode.OK);
            var after = await api.GetAsync("/v1/users/u2/recommendations?n=5");
            Assert.Equal("realtime", after.Json["source"]!.GetValue<string>());
            Assert.DoesNotContain(before[i], Items(after));
        }
    }

    [Fact]
    public async Task A_ranker_that_is_down_leaves_the_stored_list_marked_stale()
    {
        var broken = false;
        await using var api = await StartAsync(() =>
            broken ? throw new RankerUnavailableException("The endpoint is down.") : Task.CompletedTask
        );
        await Shop.FillAsync(api);
        broken = true;
        (await api.PostAsync("/v1/interactions", """{"userId":"u2","itemId":"i9","interactionType":"view"}""")).Expect(
            HttpStatusCode.OK
        );
        var list = (await api.GetAsync("/v1/users/u2/recommendations?n=3")).Expect(HttpStatusCode.OK);
        Assert.Equal("stale", list.Json["source"]!.GetValue<string>());
        Assert.Equal(3, Items(list).Length);
    }

    [Fact]
    public async Task A_ranker_that_is_slow_costs_no_more_than_the_budget()
    {
        var time = new ManualTime(Shop.Noon);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = false;
        await using var api = await StartAsync(
            () =>
            {
                if (!slow)
                    return Task.CompletedTask;
                asked.TrySetResult();
                return never.Task;
            },
            time);
        await Shop.FillAsync(api);
        slow = true;
        (await api.PostAsync("/v1/interactions", """{"userId":"u2","itemId":"i9","interactionType":"view"}""")).Expect(
            HttpStatusCode.OK
        );
        var answer = api.GetAsync("/v1/users/u2/recommendations?n=3");
        await asked.Task;
        time.Advance(TimeSpan.FromMilliseconds(149));
        Assert.False(answer.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("stale", (await answer).Expect(HttpStatusCode.OK).Json["source"]!.GetValue<string>());
        never.SetResult();
    }

    [Fact]
    public async Task Somebody_without_a_list_gets_the_last_known_popular_items_while_the_ranker_is_down()
    {
        var broken = true;
        await using var api = await StartAsync(() =>
            broken ? throw new RankerUnavailableException("The endpoint is down.") : Task.CompletedTask
        );
        var nothing = (await api.GetAsync("/v1/users/new/recommendations")).Expect(HttpStatusCode.OK);
        Assert.Empty(Items(nothing));
        broken = false;
        await Shop.FillAsync(api);
        var popular = Items(await api.GetAsync("/v1/items/popular?n=3"));
        broken = true;
        var list = (await api.GetAsync("/v1/users/new/recommendations?n=3")).Expect(HttpStatusCode.OK);
        Assert.Equal("popular", list.Json["source"]!.GetValue<string>());
        Assert.Equal(popular, Items(list));
        (await api.GetAsync("/readyz")).Expect(HttpStatusCode.ServiceUnavailable);
    }

    private static Task<RunningApi> StartAsync(Func<Task> before, ManualTime? time = null) => RunningApi.StartAsync(
        options => options.Time = time ?? options.Time,
        services => services.Intercept<IRanker>(ranker => new InterceptedRanker(ranker, _ => before())));

    private static string[] Items(Answer answer) =>
        [
            .. answer.Expect(HttpStatusCode.OK).Json["recommendations"]!
                .AsArray()
                .Select(item => item!["itemId"]!.GetValue<string>()),
        ];
}
