using System.Net;
using System.Text.Json.Nodes;
using Recommendation.AdminApi.Tests.Given;

namespace Recommendation.AdminApi.Tests;

/// <summary>What each route answers where all is well, and where what is named is not there.</summary>
public sealed class RouteTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private RunningApi Api => shop.Api;

    [Fact]
    public async Task It_lives_and_is_ready()
    {
        Assert.Equal(
            "ok",
            (await Api.GetAsync("/healthz")).Expect(HttpStatusCode.OK).Json["status"]!.GetValue<string>()
        );
        var ready = (await Api.GetAsync("/readyz")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(
            ["batch-runs", "catalogue", "disk", "lists", "log", "models", "profiles", "quarantine", "ranker"],
            ready["dependencies"]!
                .AsArray()
                .Select(dependency => dependency!["name"]!.GetValue<string>())
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_overview_counts_what_is_stored_and_what_came_in()
    {
        var overview = (await Api.GetAsync("/v1/overview")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(Shop.Users, overview["stored"]!["lists"]!.GetValue<int>());
        Assert.True(overview["traffic"]!["accepted"]!.GetValue<int>() >= Shop.Users * 6);
        Assert.Equal(60, overview["traffic"]!["minutes"]!.AsArray().Count);
        Assert.NotNull(overview["model"]!["version"]);
        Assert.NotNull(overview["lastRun"]!["runId"]);
    }

    [Fact]
    public async Task The_overview_names_types_that_the_settings_do_not_name()
    {
        (
            await Api.PostAsync("/v1/interactions", """{"userId":"hummer","itemId":"i1","interactionType":"hummed"}""")
        ).Expect(HttpStatusCode.OK);
        JsonNode? hummed = null;
        for (var tries = 0; hummed is null && tries < 100; tries++)
        {
            hummed = (await Api.GetAsync("/v1/overview")).Expect(HttpStatusCode.OK).Json["traffic"]!["unnamedTypes"]![
                "hummed"
            ];
            await Task.Delay(50);
        }
        Assert.Equal(1, hummed!.GetValue<int>());
    }

    [Fact]
    public async Task A_user_is_shown_with_titles_and_list()
    {
        var user = (await Api.GetAsync("/v1/users/u1")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(6, user["interactionCount"]!.GetValue<int>());
        Assert.StartsWith("Item ", user["recent"]![0]!["title"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("first", user["list"]!["runId"]!.GetValue<string>());
        (await Api.GetAsync("/v1/users/nobody")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_stored_list_is_served_with_a_tag_and_only_once()
    {
        var first = (await Api.GetAsync("/v1/users/u2/recommendations?n=3")).Expect(HttpStatusCode.OK);
        Assert.Equal("batch", first.Json["source"]!.GetValue<string>());
        Assert.Equal(3, first.Json["recommendations"]!.AsArray().Count);
        var again = await Api.GetAsync("/v1/users/u2/recommendations?n=3", ("If-None-Match", first.Headers["ETag"]));
        again.Expect(HttpStatusCode.NotModified);
        Assert.Equal("", again.Body);
        var changed = await Api.GetAsync("/v1/users/u2/recommendations?n=3", ("If-None-Match", "W/\"other\""));
        Assert.Equal(first.Headers["ETag"], changed.Headers["ETag"]);
        Assert.NotEqual(
            first.Json["recommendationId"]!.GetValue<string>(), changed.Json["recommendationId"]!.GetValue<string>());
        (await Api.GetAsync("/v1/users/u2/recommendations?n=4", ("If-None-Match", first.Headers["ETag"]))).Expect(
            HttpStatusCode.OK
        );
    }

    [Fact]
    public async Task What_is_excluded_or_of_another_category_is_left_out()
    {
        var all = Items(await Api.GetAsync("/v1/users/u2/recommendations?n=3"));
        Assert.DoesNotContain(all[0], Items(await Api.GetAsync($"/v1/users/u2/recommendations?n=3&exclude={all[0]}")));
        var odd = Items(await Api.GetAsync("/v1/users/u2/recommendations?n=3&category=ODD"));
        Assert.All(
            odd,
            item => Assert.Equal(1, int.Parse(item[1..], System.Globalization.CultureInfo.InvariantCulture) % 2)
        );
    }

    [Theory]
    [InlineData("users/u2/recommendations")]
    [InlineData("users/stranger/recommendations")]
    [InlineData("items/popular")]
    [InlineData("items/i3/similar")]
    public async Task A_category_that_is_repeated_means_any_of_them_and_an_unknown_one_is_empty(string route)
    {
        var odd = Items(await Api.GetAsync($"/v1/{route}?n=5&category=odd"));
        Assert.Equal(5, odd.Length);
        Assert.All(
            odd,
            item => Assert.Equal(1, int.Parse(item[1..], System.Globalization.CultureInfo.InvariantCulture) % 2)
        );
        var all = Items(await Api.GetAsync($"/v1/{route}?n=100"));
        Assert.Equal(all, Items(await Api.GetAsync($"/v1/{route}?n=100&category=even&category=ODD")));
        Assert.Empty(Items(await Api.GetAsync($"/v1/{route}?category=none")));
        Assert.DoesNotContain(all[0], Items(await Api.GetAsync($"/v1/{route}?n=100&exclude={all[0]}")));
        (await Api.GetAsync($"/v1/{route}?category=")).ExpectProblem(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task What_fills_up_a_list_is_marked()
    {
        var items = (await Api.GetAsync("/v1/users/u2/recommendations?n=100")).Expect(HttpStatusCode.OK).Json[
            "recommendations"
        ]!.AsArray();
        // All but the six that were bought.
        Assert.Equal(Shop.Items - 6, items.Count);
        Assert.False(items[0]!.AsObject().ContainsKey("source"));
        Assert.Equal("popular", items[^1]!["source"]!.GetValue<string>());
    }

    [Fact]
    public async Task Reasons_are_left_out_where_nobody_asks()
    {
        var with = (await Api.GetAsync("/v1/users/u2/recommendations?n=1")).Json["recommendations"]![0]!;
        Assert.NotEmpty(with["because"]!.AsArray());
        var without = (await Api.GetAsync("/v1/users/u2/recommendations?n=1&explain=false")).Json["recommendations"]![
            0
        ]!;
        Assert.Null(without["because"]);
    }

    [Fact]
    public async Task What_is_popular_within_a_time_counts_events_at_once()
    {
        var last = Shop.Items - 1;
        (
            await Api.PostAsync(
                "/v1/interactions",
                $"[{string.Join(',', Enumerable.Range(0, 40).Select(user =>
            $$"""{"userId":"window{{user}}","itemId":"i{{last}}","interactionType":"purchase"}"""))}]"
            )
        ).Expect(HttpStatusCode.OK);
        (
            await Api.PostAsync(
                "/v1/interactions",
                $"[{string.Join(',', Enumerable.Range(0, 400).Select(_ =>
            """{"userId":"window-bot","itemId":"i0","interactionType":"view"}"""))}]"
            )
        ).Expect(HttpStatusCode.OK);

        foreach (var window in new[] { "hour", "day", "week", "month" })
        {
            var list = (await Api.GetAsync($"/v1/items/popular?window={window}&n=3")).Expect(HttpStatusCode.OK);
            Assert.Equal($"i{last}", Items(list)[0]);
            Assert.Equal(3, Items(list).Length);
        }
        Assert.DoesNotContain(
            $"i{last}",
            Items(await Api.GetAsync("/v1/items/popular?window=hour&category=even&n=100"))
        );
        var wrong = (await Api.GetAsync("/v1/items/popular?window=year")).ExpectProblem(
            HttpStatusCode.BadRequest,
            "invalid"
        );
        Assert.Contains("hour, day, week or month", wrong.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_unknown_gets_the_popular_items()
    {
        var list = (await Api.GetAsync("/v1/users/stranger/recommendations?n=2")).Expect(HttpStatusCode.OK);
        Assert.Equal("popular", list.Json["source"]!.GetValue<string>());
        Assert.Equal(Items(await Api.GetAsync("/v1/items/popular?n=2")), Items(list));
    }

    [Fact]
    public async Task Items_are_put_and_found()
    {
        var put = await Api.PutAsync(
            "/v1/items",
            """[{"itemId":"new/1 é","title":"Tee & Käse","categories":["a"]},{"itemId":"gone","available":false}]"""
        );
        Assert.Equal(2, put.Expect(HttpStatusCode.OK).Json["imported"]!.GetValue<int>());
        var item = (await Api.GetAsync($"/v1/items/{Uri.EscapeDataString("new/1 é")}")).Expect(HttpStatusCode.OK);
        Assert.Equal("Tee & Käse", item.Json["title"]!.GetValue<string>());
        var found = (await Api.GetAsync("/v1/items?id=gone&id=unknown&id=i1")).Expect(HttpStatusCode.OK).Json[
            "items"
        ]!.AsArray();
        Assert.Equal(["gone", "i1"], found.Select(one => one!["itemId"]!.GetValue<string>()));
        (await Api.GetAsync("/v1/items/unknown")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Similar_items_are_of_the_same_kind()
    {
        var list = (await Api.GetAsync("/v1/items/i3/similar?n=2")).Expect(HttpStatusCode.OK);
        Assert.NotEmpty(Items(list));
        (await Api.GetAsync("/v1/items/unheard-of/similar")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Events_are_answered_one_by_one()
    {
        var answer = (
            await Api.PostAsync(
                "/v1/interactions",
                """
                [{"userId":"per-item","itemId":"i1","eventId":"x"},{"userId":"per-item","itemId":"i1","eventId":"x"},{"itemId":"i1"}]
                """
            )
        ).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(
            ["accepted", "duplicate", "rejected"],
            answer["results"]!.AsArray().Select(result => result!["status"]!.GetValue<string>())
        );
        Assert.Equal("invalid-user", answer["results"]![2]!["reason"]!.GetValue<string>());
        var refused = (await Api.PostAsync("/v1/interactions", """{"userId":"","itemId":"i1"}""")).ExpectProblem(
            HttpStatusCode.UnprocessableEntity,
            "rejected"
        );
        Assert.Equal("invalid-user", refused.Json["results"]![0]!["reason"]!.GetValue<string>());
        var quarantine = (await Api.GetAsync("/v1/quarantine?n=1000")).Json["records"]!.AsArray();
        Assert.Contains(quarantine, record => record!["raw"]!.GetValue<string>() == """{"userId":"","itemId":"i1"}""");
    }

    [Fact]
    public async Task The_same_invalid_body_is_in_quarantine_once()
    {
        for (var i = 0; i < 3; i++)
            (await Api.PostAsync("/v1/interactions", """{"userId":"twice","itemId":""}""")).ExpectProblem(
                HttpStatusCode.UnprocessableEntity,
                "rejected"
            );
        var records = (await Api.GetAsync("/v1/quarantine?n=1000")).Json["records"]!.AsArray();
        Assert.Single(records, record => record!["userId"]?.GetValue<string>() == "twice");
    }

    [Fact]
    public async Task A_dry_run_says_what_a_run_would_do_and_starts_none()
    {
        var runs = (await Api.GetAsync("/v1/batch-runs")).Json["runs"]!.AsArray().Count;
        var preview = (await Api.PostAsync("/v1/batch-runs", """{"dryRun":true,"users":["u1","u2","stranger"]}"""))
            .Expect(HttpStatusCode.OK)
            .Json;
        Assert.Equal(2, preview["users"]!.GetValue<int>());
        Assert.Equal(runs, (await Api.GetAsync("/v1/batch-runs")).Json["runs"]!.AsArray().Count);
    }

    [Fact]
    public async Task Models_can_be_listed_and_an_unknown_one_not_promoted()
    {
        var models = (await Api.GetAsync("/v1/models")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(models["current"]!.GetValue<string>(), models["models"]![0]!["version"]!.GetValue<string>());
        (await Api.PostAsync("/v1/models/unknown/promote")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await Api.GetAsync("/v1/trainings/unknown")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await Api.GetAsync("/v1/batch-runs/unknown")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task An_export_holds_everything_that_is_kept()
    {
        var export = (await Api.GetAsync("/v1/users/u4/export")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(6, export["interactions"]!.AsArray().Count);
        Assert.Equal("u4", export["profile"]!["userId"]!.GetValue<string>());
        Assert.NotEmpty(export["list"]!["recommendations"]!.AsArray());
        (await Api.GetAsync("/v1/users/nobody/export")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    private static string[] Items(Answer answer) =>
        [
            .. answer.Expect(HttpStatusCode.OK).Json["recommendations"]!
                .AsArray()
                .Select(item => ((JsonNode)item!)["itemId"]!.GetValue<string>()),
        ];
}
