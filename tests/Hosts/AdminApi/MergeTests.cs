using System.Net;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Profiles;

namespace Recommendation.AdminApi.Tests;

/// <summary>A login: what the visitor did is the user's.</summary>
public sealed class MergeTests
{
    [Fact]
    public async Task A_visitor_who_logs_in_is_one_person_with_the_user_until_both_are_erased()
    {
        await using var api = await RunningApi.StartAsync();
        await AppendAsync(api, "visitor", "tea", "e1");
        await AppendAsync(api, "ann", "cup", "e2");
        var merged = (await api.PostAsync("/v1/users/visitor/merge", """{"userId":"ann"}""")).Expect(HttpStatusCode.OK);
        Assert.True(merged.Json["isNew"]!.GetValue<bool>());
        Assert.False(
            (await api.PostAsync("/v1/users/visitor/merge", """{"userId":"ann"}""")).Json["isNew"]!.GetValue<bool>());
        await AppendAsync(api, "visitor", "pot", "e3");

        var user = (await api.GetAsync("/v1/users/ann")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(3, user["interactionCount"]!.GetValue<int>());
        Assert.Equal("visitor", user["mergedUsers"]![0]!.GetValue<string>());
        Assert.Equal("ann", (await api.GetAsync("/v1/users/visitor")).Json["mergedInto"]!.GetValue<string>());
        var exported = (await api.GetAsync("/v1/users/ann/export")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(
            ["ann cup", "visitor pot", "visitor tea"],
            exported["interactions"]!.AsArray()
                .Select(one => $"{one!["userId"]?.GetValue<string>() ?? "ann"} {one["itemId"]!.GetValue<string>()}")
                .Order(StringComparer.Ordinal));
        Assert.Equal(3, exported["history"]!.AsArray().Count);

        await RefusedAsync(api, "ann", """{"userId":"ann"}""", HttpStatusCode.Conflict, "refused");
        await RefusedAsync(api, "ann", """{"userId":"eve"}""", HttpStatusCode.Conflict, "refused");
        await RefusedAsync(api, "bob", """{"userId":""}""", HttpStatusCode.BadRequest, "invalid");
        await RefusedAsync(api, "bob", "{}", HttpStatusCode.BadRequest, "invalid");

        Assert.True((int)(await api.DeleteAsync("/v1/users/visitor")).Status is 200 or 202);
        for (var i = 0; i < 200 && await FinishedAsync(api) < 2; i++)
            await Task.Delay(50);
        Assert.Equal(2, await FinishedAsync(api));
        foreach (var id in new[] { "ann", "visitor" })
        {
            (await api.GetAsync($"/v1/users/{id}")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
            (await api.GetAsync($"/v1/users/{id}/export")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        }
    }

    private static async Task RefusedAsync(
        RunningApi api, string id, string body, HttpStatusCode status, string code) =>
        (await api.PostAsync($"/v1/users/{id}/merge", body)).ExpectProblem(status, code);

    private static async Task<int> FinishedAsync(RunningApi api) =>
        (await api.GetAsync("/v1/erasures?all=true")).Json["erasures"]!.AsArray()
            .Count(one => one!["receipt"] is not null);

    private static async Task AppendAsync(RunningApi api, string user, string item, string id)
    {
        (await api.PostAsync("/v1/interactions", $$"""{"userId":"{{user}}","itemId":"{{item}}","eventId":"{{id}}"}"""))
            .Expect(HttpStatusCode.OK);
        await api.SendAsync(new CatchUpProfiles("local"));
    }
}
