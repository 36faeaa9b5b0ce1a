using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Batches;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Tests;

public sealed class PagingTests
{
    [Fact]
    public async Task A_list_is_paged_without_repetition_while_a_batch_makes_it_anew()
    {
        await using var api = await RunningApi.StartAsync();
        await Shop.FillAsync(api);
        var whole = ItemsOf((await api.GetAsync("/v1/users/u2/recommendations?n=20")).Json);
        var seen = new List<string>();
        string? cursor = null;
        for (var page = 0; ; page++)
        {
            var answer = (
                await api.GetAsync($"/v1/users/u2/recommendations?n=2{(cursor is null ? "" : "&cursor=" + cursor)}")
            )
                .Expect(HttpStatusCode.OK)
                .Json;
            seen.AddRange(ItemsOf(answer));
            // Between the pages the list is turned round, as a batch with another model might.
            await ReverseAsync(api, "u2");
            cursor = answer["next"]?.GetValue<string>();
            if (cursor is null)
                break;
            Assert.True(page < 30, "The list does not end.");
        }
        Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(whole.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Pages_of_any_size_are_parts_of_one_list_which_goes_on_after_the_stored_one()
    {
        await using var api = await RunningApi.StartAsync(options => options.RealtimeBudget = TimeSpan.FromSeconds(30));
        await Shop.FillAsync(api);
        var lists = api.Services.GetRequiredService<IRecommendationStore>();
        var list = (await lists.FindAsync(UserId.Parse("u2"), CancellationToken.None))!;
        await lists.SaveAsync([list with { Items = list.Items.First(4) }], CancellationToken.None);
        var whole = ItemsOf((await api.GetAsync("/v1/users/u2/recommendations?n=1000")).Expect(HttpStatusCode.OK).Json);
        // All but the six that were bought.
        Assert.Equal(Shop.Items - 6, whole.Length);
        foreach (var size in new[] { 1, 4, 5, 17 })
        {
            var seen = new List<string>();
            for (var next = ""; next is not null; Assert.True(seen.Count <= Shop.Items, "The list does not end."))
            {
                var page = (await api.GetAsync($"/v1/users/u2/recommendations?n={size}{next}"))
                    .Expect(HttpStatusCode.OK)
                    .Json;
                seen.AddRange(ItemsOf(page));
                next = page["next"] is { } cursor ? $"&cursor={cursor.GetValue<string>()}" : null;
            }
            Assert.Equal(whole, seen);
        }
    }

    [Fact]
    public async Task Runs_are_paged_without_repetition_while_new_ones_start()
    {
        await using var api = await RunningApi.StartAsync();
        for (var i = 0; i < 5; i++)
            await api.SendAsync(new RunBatch(BatchRunId.Parse($"run-{i}")));
        var first = (await api.GetAsync("/v1/batch-runs?n=2")).Expect(HttpStatusCode.OK).Json;
        await api.SendAsync(new RunBatch(BatchRunId.Parse("newer")));
        var second = (await api.GetAsync($"/v1/batch-runs?n=2&cursor={first["next"]}")).Expect(HttpStatusCode.OK).Json;
        var third = (await api.GetAsync($"/v1/batch-runs?n=2&cursor={second["next"]}")).Expect(HttpStatusCode.OK).Json;
        Assert.Null(third["next"]);
        Assert.Equal(
            ["run-4", "run-3", "run-2", "run-1", "run-0"],
            first["runs"]!
                .AsArray()
                .Concat(second["runs"]!.AsArray())
                .Concat(third["runs"]!.AsArray())
                .Select(run => run!["runId"]!.GetValue<string>())
        );
    }

    [Fact]
    public async Task Models_are_paged_without_repetition_while_new_ones_are_published()
    {
        var time = new ManualTime(Shop.Noon);
        await using var api = await RunningApi.StartAsync(options => options.Time = time);
        await Shop.FillAsync(api);
        await TrainAsync(api, time, 3);
        var first = (await api.GetAsync("/v1/models?n=2")).Expect(HttpStatusCode.OK).Json;
        await TrainAsync(api, time, 1);
        var second = (await api.GetAsync($"/v1/models?n=2&cursor={first["next"]}")).Expect(HttpStatusCode.OK).Json;
        Assert.Null(second["next"]);
        Assert.NotEqual(first["current"]!.GetValue<string>(), second["current"]!.GetValue<string>());
        var newest = (await api.GetAsync("/v1/models")).Json["models"]!.AsArray();
        Assert.Equal(
            newest.Skip(1).Select(Version),
            first["models"]!.AsArray().Concat(second["models"]!.AsArray()).Select(Version)
        );
        (await api.GetAsync("/v1/models?cursor=x")).ExpectProblem(HttpStatusCode.BadRequest, "invalid");
        (await api.GetAsync("/v1/models?n=0")).ExpectProblem(HttpStatusCode.BadRequest, "invalid");

        static string Version(System.Text.Json.Nodes.JsonNode? model) => model!["version"]!.GetValue<string>();

        static async Task TrainAsync(RunningApi api, ManualTime time, int times)
        {
            for (var i = 0; i < times; i++)
            {
                time.Advance(TimeSpan.FromHours(1));
                // The same interactions would give the same model.
                await api.PostAsync("/v1/interactions", """{"userId":"new","itemId":"i1"}""");
                await api.SendAsync(new TrainModel(Fast: true, Force: true));
            }
        }
    }

    [Fact]
    public async Task Quarantine_is_paged_without_repetition_while_records_go()
    {
        await using var api = await RunningApi.StartAsync();
        for (var i = 0; i < 5; i++)
            (await api.PostAsync("/v1/interactions", $$"""{"userId":"u{{i}}","itemId":""}""")).Expect(
                HttpStatusCode.UnprocessableEntity
            );
        var first = (await api.GetAsync("/v1/quarantine?n=2")).Expect(HttpStatusCode.OK).Json;
        var seen = Users(first);
        // The last record of the page goes: the next page begins where it was all the same.
        (await api.DeleteAsync($"/v1/users/{seen[^1]}")).Expect(HttpStatusCode.OK);
        var second = (await api.GetAsync($"/v1/quarantine?n=10&cursor={first["next"]}")).Expect(HttpStatusCode.OK).Json;
        Assert.False(second["more"]!.GetValue<bool>());
        Assert.Equal(["u0", "u1", "u2", "u3", "u4"], seen.Concat(Users(second)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Quarantine_gives_the_newest_first_and_one_reason_if_asked_for()
    {
        await using var api = await RunningApi.StartAsync();
        for (var i = 0; i < 6; i++)
        {
            var body =
                i % 2 == 0
                    ? $$"""{"userId":"u{{i}}","itemId":""}"""
                    : $$"""{"userId":"u{{i}}","itemId":"tea","timestamp":"never"}""";
            (await api.PostAsync("/v1/interactions", body)).Expect(HttpStatusCode.UnprocessableEntity);
        }
        var newest = Users((await api.GetAsync("/v1/quarantine")).Expect(HttpStatusCode.OK).Json);
        var oldest = Users((await api.GetAsync("/v1/quarantine?order=oldest")).Expect(HttpStatusCode.OK).Json);
        Assert.Equal(6, newest.Length);
        Assert.Equal(newest.Reverse(), oldest);

        var first = (await api.GetAsync("/v1/quarantine?reason=invalid-time&n=2")).Expect(HttpStatusCode.OK).Json;
        var second = (await api.GetAsync($"/v1/quarantine?reason=invalid-time&n=2&cursor={first["next"]}"))
            .Expect(HttpStatusCode.OK)
            .Json;
        Assert.Equal(newest.Where(user => user is "u1" or "u3" or "u5"), Users(first).Concat(Users(second)));
        (await api.GetAsync("/v1/quarantine?order=random")).ExpectProblem(HttpStatusCode.BadRequest, "invalid");
    }

    private static string[] ItemsOf(System.Text.Json.Nodes.JsonNode list) =>
        [.. list["recommendations"]!.AsArray().Select(item => item!["itemId"]!.GetValue<string>())];

    private static string[] Users(System.Text.Json.Nodes.JsonNode page) =>
        [.. page["records"]!.AsArray().Select(record => record!["userId"]!.GetValue<string>())];

    private static async Task ReverseAsync(RunningApi api, string user)
    {
        var lists = api.Services.GetRequiredService<IRecommendationStore>();
        var list = (await lists.FindAsync(UserId.Parse(user), CancellationToken.None))!;
        var reversed = Domain.Recommendations.RankedItems.From(
            list.Items.Select(item => item with { Score = Domain.Recommendations.Score.Of(-item.Score.Value) }),
            list.Items.Count
        );
        await lists.SaveAsync([list with { Items = reversed }], CancellationToken.None);
    }
}
