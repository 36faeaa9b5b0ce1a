using System.Net;
using Recommendation.AdminApi.Tests.Given;

namespace Recommendation.AdminApi.Tests;

/// <summary>Rejected records that are not to be sent again are dismissed over HTTP.</summary>
public sealed class DismissTests
{
    [Fact]
    public async Task Records_are_dismissed_by_name_or_reason_and_are_out_of_the_list_and_the_count()
    {
        await using var api = await RunningApi.StartAsync();
        await api.PostAsync(
            "/v1/interactions",
            """[{"userId":"ann","itemId":""},{"userId":"bob","itemId":""},{"userId":"","itemId":"i1"}]"""
        );
        var records = (await api.GetAsync("/v1/quarantine")).Json["records"]!.AsArray();
        Assert.Equal(3, records.Count);
        var named = records.First(record => record!["reason"]!.GetValue<string>() is "invalid-item")![
            "position"
        ]!.GetValue<string>();

        Assert.Equal(1, await DismissAsync(api, $$"""{"positions":["{{named}}"]}"""));
        Assert.Equal(0, await DismissAsync(api, $$"""{"positions":["{{named}}"]}"""));
        Assert.Equal(0, await DismissAsync(api, """{"reason":"invalid-user","olderThanDays":1}"""));
        Assert.Equal(1, await DismissAsync(api, """{"reason":"invalid-user","olderThanDays":0}"""));

        var left = (await api.GetAsync("/v1/quarantine")).Json["records"]!.AsArray();
        var overview = (await api.GetAsync("/v1/overview")).Json;
        Assert.Equal((1, 1), (left.Count, overview["stored"]!["quarantined"]!.GetValue<int>()));
        var all = (await api.GetAsync("/v1/quarantine?all=true")).Json["records"]!.AsArray();
        Assert.Equal(2, all.Count(record => record!["dismissedAt"] is not null));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"reason":"unknown"}""")]
    [InlineData("""{"olderThanDays":-1}""")]
    [InlineData("""{"olderThanDays":2000000000}""")]
    [InlineData("""{"positions":[]}""")]
    [InlineData("""{"older":3}""")]
    public async Task A_request_that_names_no_records_is_refused_with_a_sentence(string body)
    {
        await using var api = await RunningApi.StartAsync();
        var refused = await api.PostAsync("/v1/quarantine/dismiss", body);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.True(refused.IsProblem);
    }

    private static async Task<int> DismissAsync(RunningApi api, string body) =>
        (await api.PostAsync("/v1/quarantine/dismiss", body)).Expect(HttpStatusCode.OK).Json[
            "records"
        ]!.GetValue<int>();
}
