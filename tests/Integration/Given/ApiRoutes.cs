namespace Recommendation.Integration.Tests.Given;

/// <summary>Every route of the published admin API, on a stack that has profiles, lists, a model and a run.</summary>
internal static class ApiRoutes
{
    private const string User = "12748";
    private const string Item = "85123A";

    internal static async Task CallAsync(ApiCaller api)
    {
        Assert.Equal("ok", (await api.GetAsync("/healthz"))["status"]!.GetValue<string>());
        await api.GetAsync("/readyz");
        await api.GetAsync("/v1/overview");
        Assert.Contains("<html", (await api.GetAsync("/")).GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith(
            "3.",
            (await api.GetAsync("/openapi/v1.json"))["openapi"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
        await CallUsersAsync(api);
        await CallItemsAsync(api);
        await CallFeedbackAsync(api);
        await CallScenariosAsync(api);
        await CallRunsAndModelsAsync(api);
        await CallQuarantineAsync(api);
        await EraseAsync(api);
    }

    private static async Task CallUsersAsync(ApiCaller api)
    {
        Assert.Equal(User, (await api.GetAsync($"/v1/users/{User}"))["userId"]!.GetValue<string>());
        var list = await api.GetAsync($"/v1/users/{User}/recommendations?n=5");
        Assert.Equal(5, list["recommendations"]!.AsArray().Count);
        await api.GetAsync($"/v1/users/{User}/explain/{list["recommendations"]![0]!["itemId"]!.GetValue<string>()}");
        await api.PostAsync($"/v1/users/{User}/what-if", $$"""{"itemId":"{{Item}}","interactionType":"purchase"}""");
        await api.SendAsync("PUT", $"/v1/users/{User}/attributes", """{"country":"GB"}""", 200);
        await api.SendAsync("PATCH", $"/v1/users/{User}/attributes", """{"country":null,"age":30}""", 200);
        await api.GetAsync($"/v1/users/{User}/attributes");
        await api.GetAsync($"/v1/users/{User}/export");
        await api.PostAsync("/v1/users/visitor-1/merge", """{"userId":"visitor-2"}""");
        var taken = await api.PostAsync(
            "/v1/interactions",
            $$"""[{"userId":"{{User}}","itemId":"{{Item}}"},{"userId":"{{User}}"}]"""
        );
        Assert.Equal((1, 1), (taken["accepted"]!.GetValue<int>(), taken["rejected"]!.GetValue<int>()));
    }

    private static async Task CallItemsAsync(ApiCaller api)
    {
        await api.SendAsync(
            "PUT",
            "/v1/items",
            $$"""[{"itemId":"{{Item}}","title":"Holder"},{"itemId":"whole","title":"Whole","categories":["c"],"available":true}]""",
            200
        );
        await api.PostAsync("/v1/items/preview", """[{"itemId":"whole","title":"Whole"}]""");
        await api.SendAsync("PATCH", "/v1/items/whole", """{"available":false,"attributes":{"colour":"red"}}""", 200);
        Assert.Equal("Holder", (await api.GetAsync($"/v1/items/{Item}"))["title"]!.GetValue<string>());
        await api.GetAsync($"/v1/items?id={Item}");
        Assert.NotEmpty((await api.GetAsync("/v1/items/popular"))["recommendations"]!.AsArray());
        Assert.NotEmpty((await api.GetAsync($"/v1/items/{Item}/similar"))["recommendations"]!.AsArray());
        await api.PostAsync("/v1/items/similar", $$"""{"items":["{{Item}}"]}""");
        await api.SendAsync("DELETE", "/v1/items/whole", body: null, 204);
        // The catalogue can't be listed on AWS.
        await api.GetAsync("/v1/items?q=holder", 501);
    }

    /// <summary>Lists with ids, what was on screen, and what came of it.</summary>
    private static async Task CallFeedbackAsync(ApiCaller api)
    {
        var list = await api.GetAsync($"/v1/users/{User}/recommendations?n=5");
        var id = list["recommendationId"]!.GetValue<string>();
        var seen = await api.PostAsync(
            "/v1/impressions", $$"""{"recommendationId":"{{id}}","userId":"{{User}}","items":["{{Item}}"]}""");
        Assert.Equal(1, seen["accepted"]!.GetValue<int>());
        Assert.NotEmpty((await api.GetAsync("/v1/metrics?by=day"))["rows"]!.AsArray());
        await api.GetAsync("/v1/metrics/items");
        await api.GetAsync($"/v1/items/{Item}/metrics");
        Assert.Empty((await api.GetAsync("/v1/experiments"))["experiments"]!.AsArray());
        await api.PostAsync(
            "/v1/experiments", """{"name":"home","variants":[{"name":"b","share":0.5}],"why":"to see"}""");
        await api.GetAsync("/v1/experiments/home");
        await api.GetAsync("/v1/experiments/home/history");
        await api.PostAsync("/v1/experiments/home/stop", """{"why":"enough"}""");
    }

    private static async Task CallScenariosAsync(ApiCaller api)
    {
        await api.SendAsync("PUT", "/v1/scenarios/home", """{"filter":"!has(item.price)","n":3}""", 200);
        Assert.NotEmpty((await api.GetAsync("/v1/scenarios"))["scenarios"]!.AsArray());
        await api.GetAsync("/v1/scenarios/home");
        await api.GetAsync("/v1/scenarios/home/versions");
        var list = await api.PostAsync("/v1/recommendations", $$"""{"scenario":"home","userId":"{{User}}"}""");
        Assert.Equal(3, list["recommendations"]!.AsArray().Count);
        await api.PostAsync("/v1/recommendations", $$"""{"history":[{"itemId":"{{Item}}"}]}""");
        var lists = await api.PostAsync("/v1/recommendations/batch", $$"""{"users":["{{User}}"],"n":2}""");
        Assert.Equal(2, lists["lists"]![0]!["list"]!["recommendations"]!.AsArray().Count);
        await api.PostAsync("/v1/scenarios/home/preview", """{"scenario":{"n":2}}""");
        await api.SendAsync("DELETE", "/v1/scenarios/home", body: null, 200);
    }

    private static async Task CallRunsAndModelsAsync(ApiCaller api)
    {
        await api.GetAsync("/v1/batch-runs");
        await api.GetAsync("/v1/batch-runs/by-steps");
        await api.PostAsync("/v1/batch-runs", """{"runId":"by-api"}""", 202);
        Assert.Equal("planning", (await api.GetAsync("/v1/batch-runs/by-api"))["run"]!["state"]!.GetValue<string>());
        await api.PostAsync("/v1/batch-runs/to-cancel/cancel");

        var models = await api.GetAsync("/v1/models");
        Assert.Equal(2, models["models"]!.AsArray().Count);
        await api.PostAsync("/v1/models/rollback");
        await api.PostAsync($"/v1/models/{models["current"]!.GetValue<string>()}/promote", """{"force":true}""");
    }

    private static async Task CallQuarantineAsync(ApiCaller api)
    {
        Assert.NotEmpty((await api.GetAsync("/v1/quarantine"))["records"]!.AsArray());
        Assert.Equal(0, (await api.PostAsync("/v1/quarantine/redrive"))["appended"]!.GetValue<int>());
    }

    private static async Task EraseAsync(ApiCaller api)
    {
        var begun = await api.SendAsync("DELETE", $"/v1/users/{User}", body: null, 202);
        var shown = await api.GetAsync($"/v1/erasures/{begun["erasureId"]!.GetValue<string>()}");
        Assert.Equal((User, "erasing"), (shown["userId"]!.GetValue<string>(), shown["state"]!.GetValue<string>()));
        Assert.NotEmpty((await api.GetAsync("/v1/erasures"))["erasures"]!.AsArray());
        // The function that signs makes the key at its first use.
        await api.GetAsync("/v1/receipt-key", 404);
    }
}
